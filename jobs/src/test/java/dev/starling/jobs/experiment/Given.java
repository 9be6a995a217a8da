package dev.starling.jobs.experiment;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.starling.worker.InvalidInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An experiment under test: a small valid one, which a test changes. The file is x.yaml in /experiments. */
final class Given {
    static final Path ROOT = Path.of(System.getProperty("starling.root", ".")).toAbsolutePath();

    private static final String SMALL =
            """
            data:
              train: {format: csv, path: a.csv, target: y}
              validation: 0.1
            network:
              layers:
                - dense: 4
            training:
              loss: meanSquaredError
            """;

    private static final String SWEEP =
            """
            data:
              train: {format: csv, path: a.csv, target: y}
              validation: 0.1
            network:
              layers:
                - repeat: {times: 1, layers: [{dense: 4}, {dropout: 0.1}]}
                - dense: 1
            training:
              loss: meanSquaredError
              metrics: [mae]
              epochs: 9
            sweep:
              trials: 5
              space:
            """;

    private final String text;
    private final List<String> overrides = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private Origins origins = Origins.NONE;

    private Given(String text) {
        this.text = text;
    }

    static Given text(String text) {
        return new Given(text);
    }

    static Given small() {
        return new Given(SMALL);
    }

    /** The small experiment with these layers, in YAML's flow style. */
    static Given layers(String layers) {
        return small().replace("\n    - dense: 4", " [" + layers + "]");
    }

    /** The small experiment with further lines under training. */
    static Given training(String lines) {
        return new Given(SMALL + lines.indent(2));
    }

    /** An experiment of five trials over these lines of a space. */
    static Given sweep(String space) {
        return new Given(SWEEP + space.indent(4));
    }

    Given replace(String written, String other) {
        if (!text.contains(written)) {
            throw new IllegalArgumentException("Cannot replace " + written + ": not in " + text);
        }
        return new Given(text.replace(written, other));
    }

    Given set(String override) {
        overrides.add(override);
        return this;
    }

    Given environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Where models are found that the network begins from. */
    Given origins(Origins stored) {
        origins = stored;
        return this;
    }

    ExperimentText source() {
        return new ExperimentText("x.yaml", text, "/experiments", overrides, environment, origins);
    }

    Experiment parse() {
        return ExperimentParser.parse(source());
    }

    /** What is wrong with it, line by line. */
    List<String> problems() {
        InvalidInput invalid = catchThrowableOfType(InvalidInput.class, this::parse);
        return invalid == null ? List.of() : invalid.problems();
    }
}
