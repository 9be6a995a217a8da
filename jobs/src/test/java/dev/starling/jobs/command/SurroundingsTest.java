package dev.starling.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
    private final Surroundings surroundings =
            new Surroundings(System.out, System.err, Path.of("/home/me"), Map.of(), Optional.empty());

    @Test
    void pathsAreRelativeToTheWorkingDirectory() {
        assertThat(surroundings.locate("runs")).isEqualTo(URI.create("file:///home/me/runs"));
        assertThat(surroundings.locate("../my runs/a")).isEqualTo(URI.create("file:///home/my%20runs/a"));
        assertThat(surroundings.locate("/data/runs")).isEqualTo(URI.create("file:///data/runs"));
    }

    @Test
    void adviceCallsTheProgramAsTheLauncherWasCalled() {
        Map<String, String> launched = Map.of("STARLING_LAUNCHER", "deploy/starling");
        Surroundings byLauncher = new Surroundings(System.out, System.err, Path.of("/"), launched, Optional.empty());
        assertThat(byLauncher.resuming("runs/a")).isEqualTo("deploy/starling resume runs/a");
        assertThat(surroundings.resuming("runs/a")).isEqualTo("starling resume runs/a");
    }

    @Test
    void urisStayAsTheyAre() {
        assertThat(surroundings.locate("hdfs://host:9000/runs")).isEqualTo(URI.create("hdfs://host:9000/runs"));
        assertThat(surroundings.locate("file:/data/runs")).isEqualTo(URI.create("file:/data/runs"));
    }
}
