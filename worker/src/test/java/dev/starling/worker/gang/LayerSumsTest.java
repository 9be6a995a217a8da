package dev.starling.worker.gang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.data.Augmentation;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import dev.starling.worker.network.Penalty;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerSumsTest {
    /** Two units of two inputs with biases, and a layer without a kernel. */
    private static final List<ParameterBlock> BLOCKS = List.of(
            block("a", Kind.KERNEL, 0, 4, 2),
            block("a", Kind.BIAS, 4, 2, 2),
            block("n", Kind.GAMMA, 6, 1, 1),
            block("n", Kind.RUNNING_MEAN, 7, 1, 1));

    private static final List<Recorded> ALL = List.of(Recorded.values());

    private static ParameterBlock block(String layer, Kind kind, int offset, int length, int fan) {
        return new ParameterBlock(layer, kind, offset, length, fan, fan, Initializer.ZEROS, Penalty.NONE);
    }

    private static FlatVector gradient(float... values) {
        FlatVector vector = FlatVector.allocate(values.length);
        vector.set(values);
        return vector;
    }

    @Test
    void normsAreMeansOverStepsAndUnitsWithoutAnyGradientAreDead() {
        LayerSums sums = new LayerSums(ALL, BLOCKS);
        sums.add(gradient(3, 0, 0, 0, 4, 0, 2, 100));
        sums.add(gradient(0, 1, 0, 0, 0, 0, 0, 100));
        assertThat(sums.values())
                .containsEntry("gradientNorm.a", 3.0)
                .containsEntry("gradientNorm.n", 1.0)
                .containsEntry("deadUnits.a", 0.5)
                .hasSize(3);
        sums.clear();
        assertThat(sums.values()).containsEntry("gradientNorm.a", 0.0).containsEntry("deadUnits.a", 1.0);
    }

    @Test
    void aUnitThatOneReplicaTrainsIsNotDead() {
        LayerSums one = new LayerSums(ALL, BLOCKS);
        LayerSums other = one.zero();
        one.add(gradient(3, 4, 0, 0, 0, 0, 0, 0));
        other.add(gradient(0, 0, 1, 0, 0, 0, 0, 0));
        one.add(other);
        assertThat(one.values()).containsEntry("gradientNorm.a", 3.0).containsEntry("deadUnits.a", 0.0);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        LayerSums sums = new LayerSums(ALL, BLOCKS);
        sums.add(gradient(3, 0, 0, 0, 4, 0, 2, 100));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sums.write(new DataOutputStream(bytes));
        LayerSums read = sums.zero();
        read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(read.values()).isEqualTo(sums.values());
    }

    @Test
    void withoutARequestNothingIsWritten() throws IOException {
        LayerSums none = new LayerSums(List.of(), BLOCKS);
        none.add(gradient(3, 0, 0, 0, 4, 0, 2, 100));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        none.write(new DataOutputStream(bytes));
        assertThat(bytes.size()).isZero();
        assertThat(none.values()).isEmpty();
    }

    @Test
    void theNormOfAGangsEpochIsInItsReportTheSameInEveryReplica() {
        TrainingSpec spec = Gang.spec(Gang.SGD, 8, 2, 1).with(new Extras(List.of(), 0, ALL, Augmentation.NONE));
        List<Gang.Result> gang = Gang.train(spec, Gang.dealt(32, 2), Gang.noValidation(2));
        for (Gang.Result result : gang) {
            var values = result.outcome().history().get(1).train().values();
            assertThat(values).containsEntry("deadUnits.dense", 0.0);
            assertThat(values.get("gradientNorm.dense")).isBetween(0.1, 20.0);
            assertThat(values)
                    .isEqualTo(gang.get(0).outcome().history().get(1).train().values());
        }
    }

    @Test
    void recordingChangesNoBitOfTheTraining() {
        TrainingSpec spec = Gang.spec(Gang.MOMENTUM, 8, 2, 1);
        List<Gang.Result> silent = Gang.train(spec, Gang.dealt(32, 2), Gang.noValidation(2));
        List<Gang.Result> recorded = Gang.train(
                spec.with(new Extras(List.of(), 0, ALL, Augmentation.NONE)), Gang.dealt(32, 2), Gang.noValidation(2));
        assertThat(recorded.get(0).parameters()).isEqualTo(silent.get(0).parameters());
    }

    @Test
    void aWrittenOutFirstNorm() {
        // From w = 0 the error of an example is −t: the gradient is −2·mean(t·(x, 1)).
        TrainingSpec spec = Gang.spec(Gang.SGD, 4, 1, 1).with(new Extras(List.of(), 0, ALL, Augmentation.NONE));
        Gang.Result one =
                Gang.train(spec, Gang.dealt(4, 1), Gang.noValidation(1)).get(0);
        FlatVector x = FlatVector.allocate(12);
        FlatVector t = FlatVector.allocate(4);
        Gang.examples(0, 1, 4).gather(new int[] {0, 1, 2, 3}, 0, 4, x, t);
        double[] g = new double[4];
        for (int i = 0; i < 4; i++) {
            for (int k = 0; k < 3; k++) {
                g[k] -= 2.0 / 4 * t.floats().get(i) * x.floats().get(3 * i + k);
            }
            g[3] -= 2.0 / 4 * t.floats().get(i);
        }
        double norm = Math.sqrt(g[0] * g[0] + g[1] * g[1] + g[2] * g[2] + g[3] * g[3]);
        assertThat(one.outcome().history().get(0).train().values().get("gradientNorm.dense"))
                .isCloseTo(norm, within(1e-5));
    }
}
