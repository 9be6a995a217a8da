package dev.starling.tests.dropin;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Examples of three kinds of waves, which a small network learns; example i is the same wherever it is asked for. Its first feature is i ÷ 1024, exact in floats. */
final class Waves {
    static final int FEATURES = 6;
    static final int CLASSES = 3;

    private Waves() {}

    static DataSet examples(int from, int count) {
        INDArray features = Nd4j.create(count, FEATURES);
        INDArray labels = Nd4j.create(count, CLASSES);
        for (int row = 0; row < count; row++) {
            int i = from + row;
            features.putScalar(row, 0, i / 1024.0);
            for (int f = 1; f < FEATURES; f++) {
                features.putScalar(row, f, Math.sin(0.7 * (i % CLASSES + 1) * f + 0.31 * i));
            }
            labels.putScalar(row, i % CLASSES, 1);
        }
        return new DataSet(features, labels);
    }

    /** One after the other, in data sets of these sizes, over and over. */
    static List<DataSet> sets(int count, int... sizes) {
        List<DataSet> sets = new ArrayList<>();
        int from = 0;
        while (from < count) {
            int size = Math.min(count - from, sizes[sets.size() % sizes.length]);
            sets.add(examples(from, size));
            from += size;
        }
        return sets;
    }

    /** The number of the example in a row. */
    static int number(INDArray features, int row) {
        return Math.round(1024 * features.getFloat(row, 0));
    }
}
