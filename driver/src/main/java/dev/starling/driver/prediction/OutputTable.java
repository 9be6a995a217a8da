package dev.starling.driver.prediction;

import dev.starling.worker.data.Embeddings;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Shape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;

/** What a line of predictions says of one row's outputs. Numbers are written so that reading gives the same bits. */
public sealed interface OutputTable extends Serializable {
    /** Names of its columns. */
    List<String> columns();

    /**
     * Appends a row's values, each behind a comma.
     *
     * @param outputs of the network
     * @param at where the row's begin
     */
    void append(float[] outputs, int at, StringBuilder line);

    /**
     * What a model's outputs mean by what it was trained for. Of several outputs with the same target it shows the first one.
     *
     * @param width values of the first output
     */
    static OutputTable of(Preparation preparation, int width) {
        Target target = preparation.target();
        if (target instanceof Target.Classes classes) {
            return classes.isEmbedded() ? new Points(classes) : new Classes(classes.names(), width);
        }
        if (target instanceof Target.Values values) {
            return new Values(values.names(), values.offsets(), values.divisors());
        }
        return Input.of(preparation);
    }

    private static String quoted(String text) {
        return CSVFormat.DEFAULT.format(text);
    }

    /**
     * The class and every class's probability. Of one output there are two classes, and it is the second one's probability.
     *
     * @param names in the order of their numbers
     */
    record Classes(List<String> names, int outputs) implements OutputTable {
        private static final float THRESHOLD = 0.5f;

        public Classes {
            names = List.copyOf(names);
        }

        @Override
        public List<String> columns() {
            List<String> columns = new ArrayList<>(List.of("predicted"));
            columns.addAll(names);
            return columns;
        }

        @Override
        public void append(float[] values, int at, StringBuilder line) {
            if (outputs == 1) {
                float second = values[at];
                line.append(',').append(quoted(names.get(second > THRESHOLD ? 1 : 0)));
                line.append(',').append(1 - second).append(',').append(second);
                return;
            }
            int best = 0;
            for (int i = 1; i < outputs; i++) {
                best = values[at + i] > values[at + best] ? i : best;
            }
            line.append(',').append(quoted(names.get(best)));
            for (int i = 0; i < outputs; i++) {
                line.append(',').append(values[at + i]);
            }
        }
    }

    /** The class of the nearest point, and every class's probability by its distance. */
    record Points(Target.Classes classes) implements OutputTable {
        @Override
        public List<String> columns() {
            return new Classes(classes.names(), classes.names().size()).columns();
        }

        @Override
        public void append(float[] values, int at, StringBuilder line) {
            Embeddings points = new Embeddings(classes.points());
            float[] row = Arrays.copyOfRange(values, at, at + points.dimensions());
            new Classes(classes.names(), points.classes()).append(points.probabilities(row, 1), 0, line);
        }
    }

    /** Numbers, back in their own unit. */
    record Values(List<String> names, List<Double> offsets, List<Double> divisors) implements OutputTable {
        public Values {
            names = List.copyOf(names);
            offsets = List.copyOf(offsets);
            divisors = List.copyOf(divisors);
        }

        @Override
        public List<String> columns() {
            return names;
        }

        @Override
        public void append(float[] values, int at, StringBuilder line) {
            for (int i = 0; i < names.size(); i++) {
                line.append(',').append((float) (values[at + i] * divisors.get(i) + offsets.get(i)));
            }
        }
    }

    /**
     * The input as the network gives it back, in the features' own units; of a category its share.
     *
     * @param places where the network has what a column shows, which are in Keras's order, channels last
     */
    record Input(Values values, int[] places) implements OutputTable {
        static Input of(Preparation preparation) {
            List<String> names = new ArrayList<>();
            List<Double> offsets = new ArrayList<>();
            List<Double> divisors = new ArrayList<>();
            for (Feature feature : preparation.features()) {
                if (feature instanceof Feature.Numeric number) {
                    names.add(number.name());
                    offsets.add(number.offset());
                    divisors.add(number.divisor());
                } else if (feature instanceof Feature.Categorical category) {
                    for (String one : category.categories()) {
                        names.add(category.name() + "=" + one);
                        offsets.add(0.0);
                        divisors.add(1.0);
                    }
                }
            }
            return new Input(new Values(names, offsets, divisors), channelsLast(preparation.input()));
        }

        @Override
        public List<String> columns() {
            return values.columns();
        }

        @Override
        public void append(float[] outputs, int at, StringBuilder line) {
            values.append(ordered(outputs, at, places), 0, line);
        }
    }

    /**
     * What a layer gives, as {@code name_0}, {@code name_1}, … in Keras's order.
     *
     * @param places where the network has each value
     */
    record Layer(String name, int[] places) implements OutputTable {
        /** @param output shape of the layer's output for one example */
        public static Layer of(String name, Shape output) {
            return new Layer(name, channelsLast(output));
        }

        @Override
        public List<String> columns() {
            List<String> columns = new ArrayList<>();
            for (int i = 0; i < places.length; i++) {
                columns.add(name + "_" + i);
            }
            return columns;
        }

        @Override
        public void append(float[] outputs, int at, StringBuilder line) {
            for (float value : ordered(outputs, at, places)) {
                line.append(',').append(value);
            }
        }
    }

    private static float[] ordered(float[] outputs, int at, int[] places) {
        float[] ordered = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            ordered[i] = outputs[at + places[i]];
        }
        return ordered;
    }

    /** Per value of an example with its channels last, its place where they come first. */
    private static int[] channelsLast(Shape shape) {
        int channels = shape instanceof Shape.Flat ? 1 : shape.channels();
        int positions = shape.size() / channels;
        int[] places = new int[shape.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = i % channels * positions + i / channels;
        }
        return places;
    }
}
