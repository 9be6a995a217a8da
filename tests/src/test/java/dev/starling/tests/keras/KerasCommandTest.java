package dev.starling.tests.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.tests.Checkout;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code import-keras} and {@code export-keras} as a user types them. */
class KerasCommandTest {
    @TempDir
    private Path folder;

    private Result starling(String... args) {
        return new Shell(folder, Map.of()).run(args);
    }

    private String imported(String file, String... more) {
        String[] args = new String[2 + more.length];
        args[0] = "import-keras";
        args[1] = KerasFixture.FOLDER.resolve(file).toString();
        System.arraycopy(more, 0, args, 2, more.length);
        Result result = starling(args);
        assertThat(result.status()).as(result.err()).isZero();
        return result.lastLine();
    }

    @Test
    void anImportedModelIsAFinishedRunWithASummary() {
        String run = imported("keras3/cnn.keras", "--name", "from-keras");
        assertThat(Path.of(run).getFileName().toString()).startsWith("from-keras-");
        assertThat(starling("runs").out()).contains("from-keras").contains("finished");
        int total =
                KerasFixture.of("keras3/cnn").facts().at("/parameters/total").asInt();
        assertThat(starling("summary", "from-keras").out()).contains("Total params: " + total);
        assertThat(starling("report", "from-keras").status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"back.keras", "back.json", "back.h5"})
    void whatIsExportedAndImportedAgainIsTheSame(String file) throws IOException {
        Path first = Path.of(imported("keras3/cnn.keras"));
        Result export = starling("export-keras", first.toString(), "--output", file);
        assertThat(export.status()).as(export.err()).isZero();
        assertThat(export.out().lines())
                .allSatisfy(line -> assertThat(Path.of(line)).exists());
        Result again = file.endsWith(".json")
                ? starling("import-keras", file, "--weights", "back.weights.h5")
                : starling("import-keras", file);
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(coefficients(Path.of(again.lastLine()))).isEqualTo(coefficients(first));
        Result twice = starling("export-keras", first.toString(), "--output", file);
        assertThat(twice.status()).isEqualTo(2);
        assertThat(twice.problems()).singleElement().asString().contains("is there already");
    }

    private static byte[] coefficients(Path run) throws IOException {
        try (var zip = FileSystems.newFileSystem(run.resolve("model.zip"))) {
            return Files.readAllBytes(zip.getPath("coefficients.bin"));
        }
    }

    @Test
    void anotherEndingIsRefused() {
        String run = imported("keras3/xor.keras");
        Result result = starling("export-keras", run, "--output", "model.onnx");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.problems()).singleElement().asString().contains(".keras, .json or .h5");
    }

    @Test
    void withoutDataItIsNotEvaluatedOnItsOwn() {
        String run = imported("keras3/autoencoder.keras");
        Result none = starling("evaluate", run);
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.problems()).singleElement().asString().contains("came without data");
    }

    /** Rows without a header; of one output it is the second class's probability. */
    @Test
    void itPredictsRowsWithoutScalingThem() throws IOException {
        String run = imported("keras3/logistic.keras");
        KerasFixture facts = KerasFixture.of("keras3/logistic");
        float[] inputs = facts.numbers("inputs");
        Files.writeString(folder.resolve("rows.csv"), inputs[0] + "," + inputs[1] + "," + inputs[2] + "\n");
        Result result = starling("predict", run, "rows.csv", "--output", "out.csv", "--master", "local[1]");
        assertThat(result.status()).as(result.err()).isZero();
        String[] fields = Files.readAllLines(folder.resolve("out.csv")).get(1).split(",", -1);
        assertThat(Float.parseFloat(fields[fields.length - 1])).isCloseTo(facts.numbers("outputs")[0], within(1e-5f));
    }

    @Test
    void aModelOfXorIsEvaluatedOnTheNotesData() {
        String run = imported("keras3/xor.keras");
        String experiment = Checkout.path("conf/experiments/xor.yaml").toString();
        Result result = starling("evaluate", run, "--data", experiment, "--master", "local[1]");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("accuracy");
    }
}
