package dev.starling.driver.selection.search.space;

/** The value of one parameter. */
public sealed interface Setting {
    /** What the experiment gets, as {@code --set} takes it; reading it gives the same bits. */
    String text();

    /** How results tell it. */
    String label();

    record Real(double value) implements Setting {
        @Override
        public String text() {
            return String.valueOf(value);
        }

        @Override
        public String label() {
            return text();
        }
    }

    record Whole(long value) implements Setting {
        @Override
        public String text() {
            return String.valueOf(value);
        }

        @Override
        public String label() {
            return text();
        }
    }

    /** One of the options of a choice, by its number from 0. */
    record Chosen(int index, String label, String text) implements Setting {}
}
