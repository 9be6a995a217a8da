package dev.starling.tests.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.jobs.keras.KerasImport;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that real Keras wrote predict here what they predicted there, and have as many parameters. */
class KerasImportTest {
    private static final float EXACT = 1e-5f;

    private static float[] predict(KerasImport model, float[] features, StepChoice choice) {
        int examples = features.length / model.network().input().size();
        try (Step step = StepFactory.create(model.network(), examples, choice)) {
            step.parameters().set(0, model.parameters(), 0, model.parameters().length);
            step.features().set(0, features, 0, features.length);
            step.infer(examples);
            return step.outputs().toArray();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "keras3/xor, keras3/xor.keras",
        "keras3/mlp, keras3/mlp.keras",
        "keras3/cnn, keras3/cnn.keras",
        "keras3/cnn, keras3/cnn.architecture.json + keras3/cnn.weights.h5",
        "keras3/cnn, keras3/cnn.h5",
        "keras3/normalized_flatten, keras3/normalized_flatten.keras",
        "keras3/uneven, keras3/uneven.keras",
        "keras3/series, keras3/series.keras",
        "keras3/series, keras3/series.architecture.json + keras3/series.weights.h5",
        "keras3/series, keras3/series.h5",
        "keras3/activations, keras3/activations.keras",
        "keras3/autoencoder, keras3/autoencoder.keras",
        "keras3/logistic, keras3/logistic.keras",
        "keras3/course, keras3/course.keras",
        "keras3/decoder, keras3/decoder.keras",
        "keras3/functional, keras3/functional.keras",
        "keras3/channels_first, keras3/channels_first.keras",
        "keras3/channels_first-moved, keras3/channels_first-moved.keras",
        "keras2/xor, keras2/xor.h5",
        "keras2/mlp, keras2/mlp.h5",
        "keras2/cnn, keras2/cnn.h5",
        "keras2/cnn, keras2/cnn.keras",
        "keras2/cnn, keras2/cnn.architecture.json + keras2/cnn.weights.h5",
        "keras2/cnn, keras2/cnn.architecture.json + keras2/cnn.old-weights.h5",
        "keras2/series, keras2/series.h5",
        "keras2/series, keras2/series.keras",
        "keras2/activations, keras2/activations.h5",
        "keras2/functional, keras2/functional.h5",
        "keras1/mlp, keras1/mlp.architecture.json + keras1/mlp.weights.h5",
        "keras1/images_last, keras1/images_last.h5",
        "keras1/images_first, keras1/images_first.h5",
        "keras1/series, keras1/series.h5",
        "keras1/graph, keras1/graph.h5",
        "keras1/plain, keras1/plain.h5",
        "keras2/layers_1d, keras2/layers_1d.h5",
        "keras2/layers_2d, keras2/layers_2d.h5",
        "keras2/pixels, keras2/pixels.h5",
        "keras2/means, keras2/means.h5",
        "keras2/largest, keras2/largest.h5",
        "keras2/residual, keras2/residual.h5",
        "keras2/residual, keras2/residual.architecture.json + keras2/residual.weights.h5",
        "keras2/added_rows, keras2/added_rows.h5",
        "keras2/outputs, keras2/outputs.h5",
        "keras3/layers_1d, keras3/layers_1d.keras",
        "keras3/layers_2d, keras3/layers_2d.keras",
        "keras3/pixels, keras3/pixels.keras",
        "keras3/means, keras3/means.keras",
        "keras3/largest, keras3/largest.keras",
        "keras3/slopes_first, keras3/slopes_first.keras",
        "keras2/shared_slopes, keras2/shared_slopes.h5",
        "keras3/shared_slopes, keras3/shared_slopes.keras",
        "keras3/shared_slopes_first, keras3/shared_slopes_first.keras",
        "keras3/residual, keras3/residual.keras",
        "keras3/residual, keras3/residual.h5",
        "keras3/residual, keras3/residual.architecture.json + keras3/residual.weights.h5",
        "keras3/added_rows, keras3/added_rows.keras",
        "keras3/outputs, keras3/outputs.keras",
        "keras3/outputs, keras3/outputs.h5",
    })
    void predictsWhatKerasPredicted(String fixture, String files) {
        KerasFixture expected = KerasFixture.of(fixture);
        KerasImport model = KerasFixture.load(files);
        NetworkLayout layout = NetworkLayout.of(model.network());
        assertThat(layout.counted())
                .isEqualTo(expected.facts().at("/parameters/total").asInt());
        assertThat(layout.trainable())
                .isEqualTo(expected.facts().at("/parameters/trainable").asInt());
        for (StepChoice choice : new StepChoice[] {StepChoice.REFERENCE, StepChoice.AUTO}) {
            assertThat(predict(model, expected.features(), choice))
                    .as(choice.name())
                    .containsExactly(expected.numbers("outputs"), within(EXACT));
        }
    }
}
