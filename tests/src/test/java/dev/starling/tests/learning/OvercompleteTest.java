package dev.starling.tests.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.data.DataPipeline;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.evaluation.Codes;
import dev.starling.tests.LocalSpark;
import dev.starling.tests.Trial;
import dev.starling.worker.data.Split;
import dev.starling.worker.inspection.Encoder;
import dev.starling.worker.inspection.InputGradient;
import dev.starling.worker.inspection.SingularValues;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An autoencoder with more units than inputs: without a penalty it copies digits best and mends least of what is missing in them; with one it copies worse and mends more. All on two replicas, as the course's files stand.
 */
@ExtendWith(LocalSpark.class)
class OvercompleteTest {
    private static final int PIXELS = 64;

    private final JavaSparkContext spark;

    OvercompleteTest(JavaSparkContext spark) {
        this.spark = spark;
    }

    /**
     * What was learned.
     *
     * @param digits mean squared error of test digits ÷ their variance
     * @param mended mean squared error against whole test digits, where a third of their pixels was zeroed, ÷ that of the zeroed ones
     * @param activation mean of the code over test digits
     * @param stretch mean over ten test digits of the squared norm of ∂h/∂x
     */
    private record Learned(double digits, double mended, double activation, double stretch) {}

    private Learned learned(String kind) {
        try (Trial trial = Trial.ofConf(spark, "course/autoencoder-" + kind)) {
            float[] parameters = trial.train(2).parameters();
            Encoder encoder = Encoder.upTo(trial.network(), parameters, "code");
            try (PreparedData labelled = DataPipeline.labelled(
                            spark,
                            trial.experiment().data(),
                            trial.experiment().loss(),
                            trial.experiment().seed(),
                            trial.data().preparation());
                    Step step = StepFactory.create(trial.network(), 1, StepChoice.AUTO)) {
                step.parameters().set(parameters);
                Codes test = Codes.of(spark, labelled, encoder, Split.TEST, 300);
                Learned found = new Learned(
                        error(step, test.features(), test.features()) / power(test.features()),
                        mended(step, test.features()),
                        IntStream.range(0, test.codes().length)
                                .mapToDouble(i -> test.codes()[i])
                                .average()
                                .orElseThrow(),
                        stretch(encoder, test));
                System.out.printf(
                        Locale.ROOT,
                        "%-12s digits %.4f  mended %.3f  mean activation %.3f  squared Jacobian %.3f%n",
                        kind,
                        found.digits,
                        found.mended,
                        found.activation,
                        found.stretch);
                return found;
            }
        }
    }

    private static double stretch(Encoder encoder, Codes test) {
        double sum = 0;
        try (InputGradient gradient = new InputGradient(encoder)) {
            for (int row = 0; row < 10; row++) {
                gradient.at(test.example(row));
                for (double value : SingularValues.of(gradient.jacobian())) {
                    sum += value * value / 10;
                }
            }
        }
        return sum;
    }

    private static double mended(Step step, float[] rows) {
        SplittableRandom random = new SplittableRandom(1);
        float[] holed = rows.clone();
        double lost = 0;
        for (int i = 0; i < holed.length; i++) {
            if (random.nextInt(3) == 0) {
                lost += holed[i] * holed[i] / holed.length;
                holed[i] = 0;
            }
        }
        return error(step, holed, rows) / lost;
    }

    private static double power(float[] rows) {
        double sum = 0;
        for (float x : rows) {
            sum += x * x / rows.length;
        }
        return sum;
    }

    private static double error(Step step, float[] given, float[] wanted) {
        double error = 0;
        float[] outputs = new float[PIXELS];
        for (int at = 0; at < given.length; at += PIXELS) {
            step.features().set(0, given, at, PIXELS);
            step.infer(1);
            step.outputs().get(0, outputs, 0, PIXELS);
            for (int j = 0; j < PIXELS; j++) {
                error += (outputs[j] - wanted[at + j]) * (outputs[j] - wanted[at + j]) / given.length;
            }
        }
        return error;
    }

    @Test
    void copiesWithoutAPenaltyAndMendsWithOne() {
        Learned plain = learned("overcomplete");
        Learned sparse = learned("sparse");
        Learned denoising = learned("denoising");
        Learned contractive = learned("contractive");
        assertThat(plain.digits).isLessThan(0.05);
        assertThat(sparse.digits).isGreaterThan(3 * plain.digits);
        assertThat(contractive.digits).isGreaterThan(3 * plain.digits);
        assertThat(denoising.mended).isLessThan(0.85 * plain.mended);
        assertThat(sparse.mended).isLessThan(0.96 * plain.mended);
        assertThat(contractive.mended).isLessThan(0.93 * plain.mended);
        assertThat(sparse.activation).isCloseTo(0.05, within(0.03));
        assertThat(plain.activation).isGreaterThan(0.2);
        assertThat(contractive.stretch).isLessThan(plain.stretch / 2);
    }
}
