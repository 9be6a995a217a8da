package dev.starling.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.tests.Checkout;
import dev.starling.tests.Launcher;
import dev.starling.tests.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The training that is disturbed: the digits' convolutional network with dropout and Adam, long enough for something to happen to it, and what it comes to in one JVM that nothing
 * disturbs, which is found out once for all tests. A parameter of test classes ({@code @ExtendWith(Disturbed.Extension.class)}).
 */
final class Disturbed implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String EPOCHS = "100";

    private final Path folder;

    /** By the number of replicas. */
    private final Map<Integer, Path> calm = new TreeMap<>();

    private Disturbed() {
        try {
            folder = Files.createTempDirectory("starling-disturbed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Disturbed create() {
        Launcher.assumeBuilt();
        return new Disturbed();
    }

    private Path freshFolder() throws IOException {
        return Files.createTempDirectory(folder, "victim");
    }

    Victim start(Layout layout, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "train",
                Checkout.path("conf/experiments/digits.yaml").toString(),
                "--set",
                "cluster.replicas=" + layout.replicas(),
                "--set",
                "training.epochs=" + EPOCHS,
                "--set",
                "cluster.checkpoint.every=20 rounds"));
        words.addAll(layout.with(more));
        return Victim.start(freshFolder(), words);
    }

    /** Goes on with a run whose driver is gone. */
    Victim resume(Path run, Layout layout) throws IOException {
        List<String> words = new ArrayList<>(List.of("resume", run.toString()));
        words.addAll(layout.with());
        return Victim.start(freshFolder(), words);
    }

    private Path calm(int replicas) throws IOException {
        Path known = calm.get(replicas);
        if (known != null) {
            return known;
        }
        try (Victim victim = start(replicas == 2 ? Layout.ONE_JVM : Layout.ONE_JVM_OF_FOUR)) {
            Result result = victim.end(PATIENCE);
            assertThat(result.status()).as(result.err()).isZero();
            calm.put(replicas, victim.run());
            return victim.run();
        }
    }

    /** What the training took when nothing disturbed it, without the start of a program and of Spark. */
    double trainingSeconds(int replicas) throws IOException {
        return Victim.json(calm(replicas).resolve("metrics.json"))
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
        Path whole = calm(Victim.attempts(run).get(0).get("replicas").asInt());
        assertThat(state).hasSize(2).isEqualTo(Victim.provenance(whole).get("sha256"));
        assertThat(Files.readString(run.resolve("history.csv")))
                .isEqualTo(Files.readString(whole.resolve("history.csv")));
    }

    @Override
    public void close() {
        FileUtil.fullyDelete(folder.toFile());
    }

    /** Gives it to constructors and methods. */
    static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Disturbed.class;
        }

        @Override
        public Disturbed resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(Disturbed.class))
                    .getOrComputeIfAbsent(Disturbed.class, type -> Disturbed.create(), Disturbed.class);
        }
    }
}
