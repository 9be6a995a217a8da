package dev.starling.jobs.experiment.tree;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is written at a place of a YAML file, before any typing. */
sealed interface Node {
    Place place();

    /** As an error shows it after "found". */
    String describe();

    /** One value; {@code plain} if written without quotes, so that it may be a number, true or false. */
    record Scalar(Place place, String text, boolean plain) implements Node {
        /** {@code key:} with nothing after it, or YAML's null. */
        boolean isNothing() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        /** A number, true or false where it is written so; nothing, or a text. */
        Object typed() {
            if (isNothing()) {
                return null;
            }
            if (plain && Value.WHOLE.matcher(text).matches()) {
                return new BigInteger(text);
            }
            if (plain && Value.NUMBER.matcher(text).matches()) {
                return Double.valueOf(text);
            }
            return plain && (text.equals("true") || text.equals("false")) ? Boolean.valueOf(text) : text;
        }

        @Override
        public String describe() {
            return isNothing() ? "nothing" : plain ? text : '"' + text + '"';
        }
    }

    /** Keys in the order in which they are written. */
    record Mapping(Place place, Map<String, Entry> entries) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        static Mapping empty(Place place) {
            return new Mapping(place, Map.of());
        }

        /** The same with one entry replaced in its place, or added at the end. */
        Mapping with(String key, Entry entry) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.put(key, entry);
            return new Mapping(place, changed);
        }

        @Override
        public String describe() {
            return entries.isEmpty() ? "{}" : "{" + String.join(", ", entries.keySet()) + "}";
        }
    }

    record Entry(Place place, Node value) {}

    record Sequence(Place place, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String describe() {
            return "a list of " + items.size();
        }
    }
}
