package dev.starling.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.metrics.Totals;
import dev.starling.worker.network.Loss;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingsTest {
    private static final Target.Classes CLASSES = new Target.Classes(
            List.of("cat", "dog", "truck"), List.of(List.of(0.0, 0.0), List.of(1.0, 0.0), List.of(5.0, 5.0)));

    @Test
    void theNearestPointTellsTheClass() {
        Embeddings points = new Embeddings(CLASSES.points());
        assertThat(points.nearest(new float[] {9, 0.4f, 0.3f}, 1)).isZero();
        assertThat(points.nearest(new float[] {0.6f, 0.3f}, 0)).isEqualTo(1);
        assertThat(points.nearest(new float[] {3, 3}, 0)).isEqualTo(2);
        assertThat(points.nearest(new float[] {0.5f, 0}, 0)).isZero();
    }

    @Test
    void probabilitiesFallWithTheSquaredDistance() {
        float[] found = new Embeddings(CLASSES.points()).probabilities(new float[] {0.25f, 0, 4e4f, 4e4f}, 2);
        double cat = Math.exp(-0.0625);
        double dog = Math.exp(-0.5625);
        double truck = Math.exp(-(4.75 * 4.75 + 25));
        assertThat((double) found[0]).isCloseTo(cat / (cat + dog + truck), within(1e-6));
        assertThat((double) found[1]).isCloseTo(dog / (cat + dog + truck), within(1e-6));
        assertThat(found[3] + found[4] + found[5]).isEqualTo(1);
        assertThat(found[5]).isEqualTo(1);
    }

    @Test
    void theNetworkIsAskedForTheClassesPoint() {
        FloatBuffer row = FloatBuffer.wrap(new float[] {7, 8, 2});
        FloatBuffer targets = FloatBuffer.allocate(4);
        TargetCoding.of(CLASSES, Loss.MEAN_SQUARED_ERROR, 2).write(row, 0, 2, targets, 1);
        assertThat(targets.array()).containsExactly(0, 5, 5, 0);
        assertThatThrownBy(() -> TargetCoding.of(CLASSES, Loss.MEAN_SQUARED_ERROR, 3))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "Cannot train with meanSquaredError: the last layer has 3 outputs and a class's embedding 2 numbers (expected 2 outputs)");
    }

    /** Two of three right; the loss is that of the points: ((0.1² + 0) + (1.6² + 0) + (1 + 1)) ÷ 2 ÷ 3. */
    @Test
    void accuracyIsByTheNearestPointAndTheLossByTheDistance() {
        Totals totals = Scoring.of(Loss.MEAN_SQUARED_ERROR, CLASSES, 2).zero();
        FlatVector outputs = FlatVector.allocate(6);
        outputs.set(new float[] {0.1f, 0, 1.6f, 0, 4, 4});
        FlatVector targets = FlatVector.allocate(6);
        targets.set(new float[] {0, 0, 0, 0, 5, 5});
        totals.add(outputs, targets, 3);
        var metrics = totals.metrics(0);
        assertThat(metrics.values().get("accuracy")).isEqualTo(2.0 / 3);
        assertThat(metrics.loss()).isCloseTo((0.01 + 2.56 + 2) / 6, within(1e-6));
        assertThat(metrics.classes().orElseThrow().confusion())
                .containsExactly(List.of(1L, 1L, 0L), List.of(0L, 0L, 0L), List.of(0L, 0L, 1L));
    }
}
