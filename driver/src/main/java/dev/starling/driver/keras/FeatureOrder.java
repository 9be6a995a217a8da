package dev.starling.driver.keras;

import dev.starling.worker.network.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Where Keras's values of an example along one axis stand in ours. They differ behind a flatten: Keras lays out channels last, we channels first.
 *
 * @param ours our place by Keras's; empty where they are the same
 */
record FeatureOrder(int[] ours) {
    static final FeatureOrder SAME = new FeatureOrder(new int[0]);

    /** Behind the flatten of a shape whose channels Keras has last. */
    static FeatureOrder flattened(Shape shape) {
        int channels = shape.channels();
        int positions = shape.size() / channels;
        if (positions == 1 || channels == 1) {
            return SAME;
        }
        int[] ours = new int[shape.size()];
        for (int at = 0; at < positions; at++) {
            for (int c = 0; c < channels; c++) {
                ours[at * channels + c] = c * positions + at;
            }
        }
        return new FeatureOrder(ours);
    }

    /** Of several such runs of values, one after the other, of which each is so wide. */
    static FeatureOrder joined(List<FeatureOrder> orders, List<Integer> widths) {
        if (orders.stream().allMatch(SAME::sameAs)) {
            return SAME;
        }
        int[] ours = new int[widths.stream().mapToInt(Integer::intValue).sum()];
        int start = 0;
        for (int run = 0; run < orders.size(); run++) {
            for (int i = 0; i < widths.get(run); i++) {
                ours[start + i] = start + orders.get(run).of(i);
            }
            start += widths.get(run);
        }
        return new FeatureOrder(ours);
    }

    int of(int keras) {
        return ours.length == 0 ? keras : ours[keras];
    }

    boolean sameAs(FeatureOrder other) {
        return Arrays.equals(ours, other.ours);
    }
}
