package dev.starling.worker.step;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.dl4j.Dl4jMemory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A batch's memory as DL4J's arrays, and the first rows of it as views: a ragged batch is neither padded nor copied. */
final class Batches {
    /** Views of the first rows, row order, no gaps. */
    record Rows(INDArray features, INDArray targets, INDArray outputs) {}

    private final INDArray features;
    private final INDArray targets;
    private final INDArray outputs;
    private final FlatVector featureVector;
    private final FlatVector targetVector;
    private final FlatVector outputVector;
    /** By number of rows: an epoch has two, the full batch and the ragged one. */
    private final Rows[] views;

    /** @param inputShape with the batch in front */
    Batches(long[] inputShape, int outputSize) {
        int batchSize = Math.toIntExact(inputShape[0]);
        this.features = Nd4j.create(DataType.FLOAT, inputShape);
        this.targets = Nd4j.create(DataType.FLOAT, batchSize, outputSize);
        this.outputs = Nd4j.create(DataType.FLOAT, batchSize, outputSize);
        this.featureVector = Dl4jMemory.of(features);
        this.targetVector = Dl4jMemory.of(targets);
        this.outputVector = Dl4jMemory.of(outputs);
        this.views = new Rows[batchSize + 1];
        views[batchSize] = new Rows(features, targets, outputs);
    }

    Rows first(int rows) {
        if (rows < 1 || rows >= views.length) {
            throw new IllegalArgumentException(
                    "Cannot use a batch of " + rows + " examples (expected 1 to " + (views.length - 1) + ")");
        }
        if (views[rows] == null) {
            views[rows] = new Rows(cut(features, rows), cut(targets, rows), cut(outputs, rows));
        }
        return views[rows];
    }

    private static INDArray cut(INDArray array, int rows) {
        INDArrayIndex[] index = new INDArrayIndex[array.rank()];
        index[0] = NDArrayIndex.interval(0, rows);
        for (int axis = 1; axis < index.length; axis++) {
            index[axis] = NDArrayIndex.all();
        }
        return array.get(index);
    }

    FlatVector features() {
        return featureVector;
    }

    FlatVector targets() {
        return targetVector;
    }

    FlatVector outputs() {
        return outputVector;
    }
}
