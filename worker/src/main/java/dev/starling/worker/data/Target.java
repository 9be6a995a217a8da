package dev.starling.worker.data;

import java.io.Serializable;
import java.util.List;

/** What a network is asked to give, as stored beside an example's features. */
public sealed interface Target extends Serializable {
    /** Floats stored per example. */
    int storedSize();

    /**
     * One class of several, stored as its number; names in the order of their numbers (sorted; numerically if all are numbers).
     *
     * @param points what the network is asked for in the place of each class; empty where that is 1 at the class's place and 0 elsewhere
     */
    record Classes(List<String> names, List<List<Double>> points) implements Target {
        public Classes {
            names = List.copyOf(names);
            points = points.stream().map(List::copyOf).toList();
            if (!points.isEmpty() && points.size() != names.size()) {
                throw new IllegalArgumentException("Cannot embed " + names.size() + " classes: " + points.size()
                        + " points given (expected one for each)");
            }
        }

        /** Without points. */
        public Classes(List<String> names) {
            this(names, List.of());
        }

        public boolean isEmbedded() {
            return !points.isEmpty();
        }

        @Override
        public int storedSize() {
            return 1;
        }
    }

    /**
     * Numbers, stored scaled: (x − offset) ÷ divisor; metrics are in their own unit.
     *
     * @param names columns
     */
    record Values(List<String> names, List<Double> offsets, List<Double> divisors) implements Target {
        public Values {
            names = List.copyOf(names);
            offsets = List.copyOf(offsets);
            divisors = List.copyOf(divisors);
        }

        @Override
        public int storedSize() {
            return names.size();
        }
    }

    /** The network is to give back its input. */
    record Input() implements Target {
        @Override
        public int storedSize() {
            return 0;
        }
    }
}
