package dev.starling.worker.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class DealingTest {
    private final List<List<byte[]>> frames = new ArrayList<>();

    private void deal(int ranks, int first, MultiDataSet... sets) {
        for (int rank = 0; rank < ranks; rank++) {
            frames.add(new ArrayList<>());
        }
        ExampleDealer dealer = new ExampleDealer(
                ranks, first, (rank, frame) -> frames.get(rank).add(frame));
        for (MultiDataSet set : sets) {
            dealer.deal(set);
        }
        dealer.finish();
    }

    private List<MultiDataSet> batches(int rank, int size) {
        List<MultiDataSet> batches = new ArrayList<>();
        new Batches(frames.get(rank).iterator(), size).forEachRemaining(batches::add);
        return batches;
    }

    /** Rows (n, 10·n) with labels (−n), for n = from … from + rows − 1. */
    private static MultiDataSet numbers(int from, int rows) {
        INDArray features = Nd4j.create(DataType.FLOAT, rows, 2);
        INDArray labels = Nd4j.create(DataType.FLOAT, rows, 1);
        for (int i = 0; i < rows; i++) {
            features.putScalar(i, 0, from + i);
            features.putScalar(i, 1, 10 * (from + i));
            labels.putScalar(i, 0, -from - i);
        }
        return new MultiDataSet(features, labels);
    }

    private static float[][] features(MultiDataSet batch) {
        return batch.getFeatures(0).toFloatMatrix();
    }

    @Test
    void examplesAreDealtOneByOneFromTheFirstRankOn() {
        deal(3, 2, numbers(0, 4), numbers(4, 3));
        assertThat(features(batches(2, 9).get(0))).isEqualTo(new float[][] {{0, 0}, {3, 30}, {6, 60}});
        assertThat(features(batches(0, 9).get(0))).isEqualTo(new float[][] {{1, 10}, {4, 40}});
        assertThat(features(batches(1, 9).get(0))).isEqualTo(new float[][] {{2, 20}, {5, 50}});
        assertThat(batches(2, 9).get(0).getLabels(0).toFloatVector()).containsExactly(0, -3, -6);
    }

    @Test
    void batchesHaveExactlyTheSizeAndOnlyTheLastLess() {
        deal(1, 0, numbers(0, 5), numbers(5, 1), numbers(6, 5));
        assertThat(batches(0, 4))
                .extracting(batch -> batch.getFeatures(0).size(0))
                .containsExactly(4L, 4L, 3L);
        assertThat(features(batches(0, 4).get(1))).isEqualTo(new float[][] {{4, 40}, {5, 50}, {6, 60}, {7, 70}});
    }

    @Test
    void manyExamplesBecomeSeveralFramesInTheirOrder() {
        MultiDataSet wide = new MultiDataSet(
                Nd4j.arange(0, 200_000).castTo(DataType.FLOAT).reshape(20, 10_000), Nd4j.zeros(DataType.FLOAT, 20, 1));
        deal(1, 0, wide);
        assertThat(frames.get(0)).hasSizeGreaterThan(1);
        List<MultiDataSet> batches = batches(0, 20);
        assertThat(batches).hasSize(1);
        assertThat(batches.get(0).getFeatures(0)).isEqualTo(wide.getFeatures(0));
    }

    @Test
    void everyTypeAndShapeArrivesAsItWas() {
        INDArray images = Nd4j.arange(0, 2 * 3 * 4 * 5).castTo(DataType.UINT8).reshape(2, 3, 4, 5);
        INDArray words = Nd4j.createFromArray(new int[][] {{7, 8}, {1 << 30, 9}});
        INDArray doubles = Nd4j.createFromArray(new double[][] {{0.1}, {0.2}});
        deal(1, 0, new MultiDataSet(new INDArray[] {images, words}, new INDArray[] {doubles}));
        MultiDataSet found = batches(0, 2).get(0);
        assertThat(found.getFeatures(0)).isEqualTo(images);
        assertThat(found.getFeatures(0).dataType()).isEqualTo(DataType.UINT8);
        assertThat(found.getFeatures(1)).isEqualTo(words);
        assertThat(found.getLabels(0)).isEqualTo(doubles);
        assertThat(found.getFeaturesMaskArrays()).isNull();
    }

    @Test
    void viewsAndColumnOrderAreReadByTheirMeaning() {
        INDArray base = Nd4j.arange(0, 24).castTo(DataType.FLOAT).reshape(4, 6);
        INDArray view = base.get(NDArrayIndex.interval(1, 3), NDArrayIndex.interval(2, 5));
        INDArray columns =
                base.get(NDArrayIndex.interval(0, 2), NDArrayIndex.all()).dup('f');
        deal(1, 0, new MultiDataSet(new INDArray[] {view, columns}, new INDArray[] {view}));
        MultiDataSet found = batches(0, 2).get(0);
        assertThat(features(found)).isEqualTo(new float[][] {{8, 9, 10}, {14, 15, 16}});
        assertThat(found.getFeatures(1).toFloatMatrix()[1]).containsExactly(6, 7, 8, 9, 10, 11);
    }

    @Test
    void seriesOfDifferentLengthsArePaddedAndMaskedAsDl4jDoes() {
        MultiDataSet shortOne =
                new MultiDataSet(Nd4j.ones(DataType.FLOAT, 1, 2, 3), Nd4j.ones(DataType.FLOAT, 1, 1, 3));
        MultiDataSet longOne = new MultiDataSet(Nd4j.ones(DataType.FLOAT, 1, 2, 5), Nd4j.ones(DataType.FLOAT, 1, 1, 5));
        deal(1, 0, shortOne, longOne);
        MultiDataSet found = batches(0, 2).get(0);
        assertThat(found.getFeatures(0).shape()).containsExactly(2, 2, 5);
        assertThat(found.getFeaturesMaskArray(0).toFloatMatrix())
                .isEqualTo(new float[][] {{1, 1, 1, 0, 0}, {1, 1, 1, 1, 1}});
    }

    @Test
    void masksTravelWithTheirExamples() {
        INDArray mask = Nd4j.createFromArray(new float[][] {{1, 0}, {1, 1}, {0, 1}});
        MultiDataSet series = new MultiDataSet(
                new INDArray[] {Nd4j.ones(DataType.FLOAT, 3, 4, 2)},
                new INDArray[] {Nd4j.ones(DataType.FLOAT, 3, 1, 2)},
                new INDArray[] {mask},
                null);
        deal(2, 0, series);
        assertThat(batches(0, 2).get(0).getFeaturesMaskArray(0).toFloatMatrix())
                .isEqualTo(new float[][] {{1, 0}, {0, 1}});
        assertThat(batches(0, 2).get(0).getLabelsMaskArrays()).isNull();
    }

    @Test
    void arraysThatDoNotFitAreRefused() {
        MultiDataSet bent = new MultiDataSet(Nd4j.ones(DataType.FLOAT, 3, 2), Nd4j.ones(DataType.FLOAT, 2, 1));
        assertThatThrownBy(() -> deal(1, 0, bent))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot train on a data set whose arrays hold [3, 2] examples (expected as many in each)");
    }
}
