package dev.starling.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.exchange.TrainingFailed;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private int tell(Throwable problem, boolean verbose) {
        return Failure.tell(problem, "train", new PrintStream(bytes, true, StandardCharsets.UTF_8), verbose);
    }

    private String told() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void wrongInputIsOneLineAProblemAndTwoAndNeverAStackTrace() {
        assertThat(tell(new InvalidInput(List.of("a.yaml: first", "a.yaml: second")), true))
                .isEqualTo(2);
        assertThat(told()).isEqualTo("starling: a.yaml: first\nstarling: a.yaml: second\n");
    }

    @Test
    void wrongInputThatSparkWrappedIsStillWrongInput() {
        RuntimeException wrapped = new RuntimeException(
                "Job aborted due to stage failure: …", new RuntimeException(new InvalidInput("b.csv line 3: x")));
        assertThat(tell(wrapped, false)).isEqualTo(2);
        assertThat(told()).isEqualTo("starling: b.csv line 3: x\n");
    }

    @Test
    void aFailedTrainingIsOneLineAndOne() {
        RuntimeException wrapped = new RuntimeException(
                "Job aborted", new TrainingFailed("Cannot go on training: the loss is NaN in epoch 2, round 3"));
        assertThat(tell(wrapped, false)).isEqualTo(1);
        assertThat(told()).isEqualTo("starling: Cannot go on training: the loss is NaN in epoch 2, round 3\n");
    }

    @Test
    void anythingElseIsToldByItsFirstLine() {
        assertThat(tell(new IllegalStateException("first\nsecond"), false)).isEqualTo(1);
        assertThat(told()).isEqualTo("starling: Cannot train: IllegalStateException: first\n");
    }

    @Test
    void ourOwnWordsStandAlone() {
        tell(new IllegalStateException("Cannot write /x: no space left"), false);
        assertThat(told()).isEqualTo("starling: Cannot write /x: no space left\n");
    }

    @Test
    void lackOfMemorySaysWhatHelps() {
        assertThat(tell(new RuntimeException("Job aborted", new OutOfMemoryError("Java heap space")), false))
                .isEqualTo(1);
        assertThat(told()).contains("not enough memory").contains("spark.driver.memory");
    }

    @Test
    void verboseShowsTheStackTraceOfAFailedRun() {
        tell(new IllegalStateException("first"), true);
        assertThat(told()).contains("java.lang.IllegalStateException: first\n\tat ");
    }

    @Test
    void causesThatGoRoundInACircleEnd() {
        RuntimeException one = new RuntimeException("one");
        RuntimeException two = new RuntimeException("two", one);
        one.initCause(two);
        assertThat(tell(one, false)).isEqualTo(1);
    }
}
