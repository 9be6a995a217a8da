package dev.starling.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.SourceSpec;
import dev.starling.worker.network.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
    private static Given withDirectory(String directory) {
        return Given.small().replace("data:\n", "data:\n  directory: \"" + directory + "\"\n");
    }

    private static String path(Given given) {
        return ((SourceSpec.Csv) given.parse().data().train()).path();
    }

    @ParameterizedTest
    @CsvSource({"${N}", "'\"${N}\"'", "${M:-8}", "${EMPTY:-8}"})
    void aVariableIsTypedAsIfWritten(String value) {
        Experiment experiment = Given.training("batchSize: " + value)
                .environment("N", "8")
                .environment("EMPTY", "")
                .parse();

        assertThat(experiment.training().batchSize()).isEqualTo(8);
    }

    @Test
    void aVariableMayHoldAListOrASection() {
        Experiment experiment = Given.small()
                .replace("validation: 0.1", "validation: ${V}")
                .set("network.input=${S}")
                .environment("V", "{format: idx, features: f, labels: l}")
                .environment("S", "[2, 3]")
                .parse();

        assertThat(experiment.input()).contains(new Shape.Sequence(2, 3));
        assertThat(experiment.data().validation())
                .contains(new HeldOut.Source(new SourceSpec.Idx("/experiments/f", "/experiments/l")));
    }

    @Test
    void variablesAreReplacedInsideTexts() {
        assertThat(path(withDirectory("/d/${A}-${B:-b}").environment("A", "a$1")))
                .isEqualTo("/d/a$1-b/a.csv");
    }

    @Test
    void aVariableThatIsNotSetShowsHowDataAreComeBy() {
        assertThat(withDirectory("${STARLING_DATA}/x")
                        .replace("data:\n", "data:\n  source: by post\n")
                        .problems())
                .containsExactly("x.yaml:3: data.directory: ${STARLING_DATA}, which is not set"
                        + " (expected the environment variable STARLING_DATA; data.source: by post)");
    }

    @Test
    void theNetworkNeedsNoVariablesOfTheData() {
        Given given = withDirectory("${NOWHERE}");

        assertThat(ExperimentParser.network(given.source())).isEmpty();
        assertThat(ExperimentParser.network(given.set("network.input=[3]").source()))
                .hasValueSatisfying(network -> assertThat(network.input()).isEqualTo(new Shape.Flat(3)));
    }

    @Test
    void whatOnlyBeginsAsAVariableIsAnError() {
        assertThat(withDirectory("${A").problems())
                .containsExactly("x.yaml:2: data.directory: \"${A\" (expected ${NAME} or ${NAME:-default})");
        assertThat(withDirectory("${A:-${B}}").problems()).hasSize(1);
    }

    @Test
    void keysAreNoPlaceForVariables() {
        assertThat(Given.training("${A}: 1").environment("A", "epochs").problems())
                .singleElement()
                .asString()
                .startsWith("x.yaml:9: training.${A}: unknown key");
    }

    @ParameterizedTest
    @CsvSource({
        ".., /a.csv",
        "sub/dir, /experiments/sub/dir/a.csv",
        "/abs, /abs/a.csv",
        "hdfs://nn:8020/data/, hdfs://nn:8020/data/a.csv",
        "file:/x, file:/x/a.csv",
    })
    void pathsAreRelativeToTheDirectoryAndThatToTheFile(String directory, String path) {
        assertThat(path(withDirectory(directory))).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({"/local/b.csv, /local/b.csv", "s3a://bucket/b*.csv, s3a://bucket/b*.csv"})
    void absolutePathsIgnoreTheDirectory(String written, String path) {
        assertThat(path(withDirectory("hdfs://nn/data").set("data.train.path=" + written)))
                .isEqualTo(path);
    }

    @Test
    void aRelativeStarlingDataIsRelativeToTheWorkingDirectory(@TempDir Path working) throws Exception {
        Path folder = Files.createDirectory(working.resolve("experiments"));
        Files.writeString(
                folder.resolve("my exp.yaml"),
                withDirectory("${STARLING_DATA}/x").source().text());

        ExperimentText text = ExperimentText.read(
                "experiments/my exp.yaml", List.of(), Map.of("STARLING_DATA", "../data"), working.resolve("."));
        Experiment experiment = ExperimentParser.parse(text);

        assertThat(experiment.name()).isEqualTo("my-exp");
        assertThat(((SourceSpec.Csv) experiment.data().train()).path())
                .isEqualTo(working.getParent().resolve("data/x/a.csv").toString());
    }
}
