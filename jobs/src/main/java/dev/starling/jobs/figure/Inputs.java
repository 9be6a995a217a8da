package dev.starling.jobs.figure;

import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import java.util.List;

/** Inputs of a network that are no rows of the data, prepared as those are. */
final class Inputs {
    private Inputs() {}

    /**
     * Prepares one.
     *
     * @param preparation of numbers and products alone, the numbers first
     * @param own the numbers in their own units
     * @param into written from {@code at}, as many floats as the preparation has features
     */
    static void write(Preparation preparation, double[] own, float[] into, int at) {
        List<Feature> features = preparation.features();
        for (int i = 0; i < features.size(); i++) {
            if (features.get(i) instanceof Feature.Numeric number) {
                into[at + i] = (float) ((own[i] - number.offset()) / number.divisor());
            } else if (features.get(i) instanceof Feature.Product product) {
                float value = 1;
                for (int factor : product.factors()) {
                    value *= into[at + factor];
                }
                into[at + i] = value;
            }
        }
    }
}
