package dev.starling.jobs.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What runs along a side of a chart. */
interface Along {
    List<Double> ticks();

    /** Where a value lies: 0 at the beginning, 1 at the end. */
    double place(double value);

    String label(double tick);

    /**
     * Orders of magnitude.
     *
     * @param from power of ten of the first tick
     * @param to power of ten of the last one, greater than {@code from}
     */
    record Logarithmic(int from, int to) implements Along {
        private static final int MOST_TICKS = 7;

        /** An axis that holds both values, which are above 0. */
        static Logarithmic over(double least, double most) {
            int from = (int) Math.floor(Math.log10(least) + 1e-9);
            int to = (int) Math.ceil(Math.log10(most) - 1e-9);
            return new Logarithmic(from, Math.max(to, from + 1));
        }

        @Override
        public List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            int every = (to - from) / MOST_TICKS + 1;
            for (int power = from; power <= to; power += every) {
                ticks.add(Math.pow(10, power));
            }
            return ticks;
        }

        @Override
        public double place(double value) {
            return (Math.log10(value) - from) / (to - from);
        }

        @Override
        public String label(double tick) {
            long power = Math.round(Math.log10(tick));
            return power >= -2 && power <= 4
                    ? String.format(Locale.ROOT, "%." + Math.max(0, -power) + "f", tick)
                    : "1e" + power;
        }
    }

    /** One place per name: value i is the i-th. */
    record Names(List<String> names) implements Along {
        private static final int LONGEST = 60;

        public Names {
            names = List.copyOf(names);
        }

        @Override
        public List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                ticks.add((double) i);
            }
            return ticks;
        }

        @Override
        public double place(double value) {
            return (value + 0.5) / names.size();
        }

        @Override
        public String label(double tick) {
            String name = names.get((int) tick);
            int most = Math.max(4, LONGEST / names.size());
            return name.length() <= most ? name : name.substring(0, most - 1) + "…";
        }
    }
}
