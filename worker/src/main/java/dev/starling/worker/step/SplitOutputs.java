package dev.starling.worker.step;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A batch's rows as several outputs see them: the columns of each, one output after the other. One output has the whole rows, which are not copied. */
final class SplitOutputs {
    private final List<Integer> sizes;

    SplitOutputs(List<Integer> sizes) {
        this.sizes = sizes;
    }

    /** Copies of each output's columns. */
    INDArray[] of(INDArray rows) {
        if (sizes.size() == 1) {
            return new INDArray[] {rows};
        }
        List<INDArray> parts = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            parts.add(columns(rows, i).dup('c'));
        }
        return parts.toArray(INDArray[]::new);
    }

    /** Arrays for each output to be written to. */
    INDArray[] room(INDArray rows) {
        if (sizes.size() == 1) {
            return new INDArray[] {rows};
        }
        return sizes.stream()
                .map(size -> Nd4j.createUninitialized(rows.dataType(), rows.size(0), size))
                .toArray(INDArray[]::new);
    }

    /** Writes what {@link #room} got, or other arrays of these sizes, into the rows. */
    void join(INDArray[] parts, INDArray rows) {
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] != rows) {
                (sizes.size() == 1 ? rows : columns(rows, i)).assign(parts[i]);
            }
        }
    }

    private INDArray columns(INDArray rows, int output) {
        int from = sizes.subList(0, output).stream().mapToInt(Integer::intValue).sum();
        return rows.get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + sizes.get(output)));
    }
}
