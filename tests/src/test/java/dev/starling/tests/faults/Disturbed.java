package dev.starling.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.tests.Checkout;
import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The training that is disturbed: the digits' convolutional network with dropout and Adam on two replicas, long enough for something to happen to it, and what it comes to if nothing does. */
final class Disturbed {
    static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String EPOCHS = "200";

    private final Path folder;
    private final Path whole;

    private Disturbed(Path folder, Path whole) {
        this.folder = folder;
        this.whole = whole;
    }

    /** Trains without a disturbance, in one JVM. */
    static Disturbed in(Path folder) throws IOException {
        try (Victim calm = Victim.start(folder.resolve("calm"), words("--master", "local[2]"))) {
            Result result = calm.end(PATIENCE);
            assertThat(result.status()).as(result.err()).isZero();
            return new Disturbed(folder, calm.run());
        }
    }

    private static String[] words(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "train",
                Checkout.path("conf/experiments/digits.yaml").toString(),
                "--set",
                "training.epochs=" + EPOCHS,
                "--set",
                "cluster.checkpoint.every=20 rounds"));
        words.addAll(Arrays.asList(more));
        return words.toArray(String[]::new);
    }

    /** @param name of a folder for this run alone */
    Victim start(String name, String... more) throws IOException {
        return Victim.start(folder.resolve(name), words(more));
    }

    /** Goes on with a run whose driver is gone. */
    Victim resume(Path run, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("resume", run.toString()));
        words.addAll(Arrays.asList(more));
        return Victim.start(run.getParent().getParent(), words.toArray(String[]::new));
    }

    /** What the training took when nothing disturbed it, without the start of a program and of Spark. */
    double trainingSeconds() throws IOException {
        return Victim.json(whole.resolve("metrics.json"))
                .get("timing")
                .get("trainingSeconds")
                .asDouble();
    }

    /** Whether it is what {@link #assertSame} asks for. */
    boolean isSame(Result result, Path run) throws IOException {
        try {
            assertSame(result, run);
            return true;
        } catch (AssertionError e) {
            System.out.println(e.getMessage());
            return false;
        }
    }

    /** A finished run with the same state, history and nothing left of its checkpoints. */
    void assertSame(Result result, Path run) throws IOException {
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.lastLine()).isEqualTo(run.toString());
        assertThat(run.resolve("_SUCCESS")).exists();
        assertThat(run.resolve("checkpoints")).doesNotExist();
        JsonNode state = Victim.provenance(run).get("sha256");
        assertThat(state).hasSize(2).isEqualTo(Victim.provenance(whole).get("sha256"));
        assertThat(Files.readString(run.resolve("history.csv")))
                .isEqualTo(Files.readString(whole.resolve("history.csv")));
    }
}
