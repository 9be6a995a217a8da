package dev.starling.worker.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.network.Activation.Simple;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Networks;
import dev.starling.worker.network.Padding;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNBatchNormHelper;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNSubsamplingHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OneDnnHelpersTest {
    private static final int ROWS = 6;

    static Stream<NetworkSpec> networks() {
        List<NetworkSpec> all = new ArrayList<>(List.of(Networks.smoothCnn(), Networks.smoothSeries()));
        for (Padding padding : Padding.values()) {
            for (int stride = 1; stride <= 2; stride++) {
                for (Pooling pooling : Pooling.values()) {
                    all.add(new NetworkSpec(
                            new Shape.Image(9, 8, 2),
                            List.of(
                                    Networks.conv("c", 4, 3, stride, padding, Simple.TANH),
                                    Networks.pool(pooling, 2, stride, padding),
                                    new Flatten("f"),
                                    Networks.dense(3, Simple.SOFTMAX)),
                            Loss.CATEGORICAL_CROSSENTROPY));
                }
            }
        }
        return all.stream();
    }

    @Test
    void convolutionPoolingAndNormalisationTakeThem() throws ReflectiveOperationException {
        assertThat(OneDnnHelpers.enable()).isTrue();
        NetworkSpec spec = Networks.smoothCnn();
        try (ReferenceStep step = (ReferenceStep) Examples.step(spec, ROWS)) {
            Examples.of(spec, ROWS, 1).into(step);
            step.train(ROWS, 0);
            Layer[] layers = ((Dl4jModel.Sequence) step.network()).network().getLayers();
            assertThat(layers[0].getHelper()).isInstanceOf(MKLDNNConvHelper.class);
            assertThat(layers[1].getHelper()).isInstanceOf(MKLDNNBatchNormHelper.class);
            assertThat(layers[2].getHelper()).isInstanceOf(MKLDNNSubsamplingHelper.class);
            // Each makes its operation's context when it first computes; pooling makes none on its way back and is not
            // asked forward.
            assertThat(field(layers[0].getHelper(), "context")).isNotNull();
            assertThat(field(layers[0].getHelper(), "contextBwd")).isNotNull();
            assertThat(field(layers[1].getHelper(), "context")).isNotNull();
            for (Layer layer : List.of(layers[0], layers[1], layers[2])) {
                assertThat(field(layer, "helperCountFail")).as("falls back").isEqualTo(0);
            }
            assertThat(step.description()).isEqualTo("reference: Deeplearning4j, oneDNN helpers on");
        }
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        java.lang.reflect.Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    private record Result(float[] gradient, float[] parameters, float[] trained, float[] inferred) {}

    private static Result run(NetworkSpec spec) {
        try (Step step = Examples.step(spec, ROWS)) {
            Examples.of(spec, ROWS, 1).into(step);
            step.train(ROWS, 0);
            float[] trained = step.outputs().toArray();
            step.infer(ROWS);
            return new Result(
                    step.gradient().toArray(),
                    step.parameters().toArray(),
                    trained,
                    step.outputs().toArray());
        }
    }

    private static Result runWithoutHelpers(NetworkSpec spec) {
        String before = System.setProperty(OneDnnHelpers.PROPERTY, "true");
        try {
            return run(spec);
        } finally {
            if (before == null) {
                System.clearProperty(OneDnnHelpers.PROPERTY);
            } else {
                System.setProperty(OneDnnHelpers.PROPERTY, before);
            }
        }
    }

    @Test
    void withoutThemNoLayerHasOne() {
        String before = System.setProperty(OneDnnHelpers.PROPERTY, "true");
        try (ReferenceStep step = (ReferenceStep) Examples.step(Networks.smoothCnn(), ROWS)) {
            assertThat(((Dl4jModel.Sequence) step.network()).network().getLayers())
                    .allMatch(layer -> layer.getHelper() == null);
            assertThat(step.description()).endsWith("off");
        } finally {
            System.setProperty(OneDnnHelpers.PROPERTY, before);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void resultsAgreeWithTheBuiltInPath(NetworkSpec spec) {
        Result fast = run(spec);
        Result builtIn = runWithoutHelpers(spec);
        near("outputs in training", fast.trained(), builtIn.trained(), 0, fast.trained().length);
        near("outputs in inference", fast.inferred(), builtIn.inferred(), 0, fast.inferred().length);
        for (ParameterBlock block : NetworkLayout.of(spec).blocks()) {
            String name = block.layer() + " " + block.kind();
            near(name, fast.parameters(), builtIn.parameters(), block.offset(), block.length());
            near("gradient of " + name, fast.gradient(), builtIn.gradient(), block.offset(), block.length());
        }
    }

    /** Relative to the largest value, and never finer than 1e-6: a bias before a normalisation is a sum that cancels. */
    private static void near(String what, float[] a, float[] b, int from, int length) {
        double largest = 0;
        for (int i = from; i < from + length; i++) {
            largest = Math.max(largest, Math.abs(b[i]));
        }
        for (int i = from; i < from + length; i++) {
            assertThat((double) a[i]).as("%s %d", what, i - from).isCloseTo(b[i], within(1e-6 + 1e-4 * largest));
        }
    }
}
