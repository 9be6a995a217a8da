package dev.starling.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadableExperimentTest {
    @Test
    void whatIsNotYamlIsToldWithItsLine() {
        assertThat(Given.text("data:\n  train: [a\n").problems())
                .singleElement()
                .asString()
                .startsWith("x.yaml:3: ")
                .endsWith("(expected YAML)");
        assertThat(Given.text("a: \tb: c").problems())
                .singleElement()
                .asString()
                .startsWith("x.yaml:1: ");
    }

    @Test
    void emptyTextAndOtherThingsThanKeysAreTold() {
        assertThat(Given.text("# nothing\n").problems())
                .containsExactly("x.yaml: empty (expected an experiment in YAML)");
        assertThat(Given.text("- a\n- b\n").problems())
                .containsExactly("x.yaml:1: a list of 2 (expected keys such as data, network)");
        assertThat(Given.small().replace("loss: meanSquaredError", "loss:").problems())
                .singleElement()
                .asString()
                .startsWith("x.yaml:8: training.loss: nothing (expected one of ");
    }

    @Test
    void anAliasInsideItsAnchorIsTold() {
        assertThat(Given.text("data: &x [*x]").problems())
                .containsExactly("x.yaml:1: data[0]: an alias inside its own anchor (expected a finite value)");
    }

    @Test
    void filesThatCannotBeReadAreTold(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xC3, 0x28});

        assertThatThrownBy(() -> read("none.yaml", folder))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("none.yaml: no such file (expected an experiment file)");
        assertThatThrownBy(() -> read(".", folder))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(".: a folder (expected an experiment file)");
        assertThatThrownBy(() -> read("bytes.yaml", folder))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("bytes.yaml: bytes that are not UTF-8 (expected an experiment in YAML)");
    }

    private static ExperimentText read(String file, Path folder) {
        return ExperimentText.read(file, List.of(), Map.of(), folder);
    }
}
