package dev.starling.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The short form; {@code FullKillTest} has the rest. */
@ExtendWith(Disturbed.Extension.class)
class KillTest {
    private final Disturbed disturbed;

    KillTest(Disturbed disturbed) {
        this.disturbed = disturbed;
    }

    @Test
    void anExecutorKilledInTheMiddleOfARoundChangesNothing() throws IOException {
        try (Victim victim = disturbed.start(Layout.TWO_EXECUTORS)) {
            victim.awaitCheckpoint("");
            Victim.signal(victim.executors(2).get(0).pid(), "KILL");
            Result result = victim.end(Disturbed.PATIENCE);

            disturbed.assertSame(result, victim.run());
            assertThat(result.err()).containsPattern("replica \\d.*executor.*; retry 1 of 3, from epoch \\d+");
            JsonNode attempts = Victim.attempts(victim.run());
            assertThat(attempts).hasSize(2);
            assertThat(attempts.get(0).get("failure").asText()).containsPattern("replica \\d.*executor");
            assertThat(attempts.get(1).get("epochs").asInt()).isPositive();
        }
    }

    @Test
    void aDriverKilledIsResumedToTheSameBits() throws IOException {
        Path run;
        try (Victim victim = disturbed.start(Layout.ONE_JVM)) {
            victim.awaitCheckpoint(victim.awaitCheckpoint(""));
            Victim.signal(victim.pid(), "KILL");
            run = victim.run();
            assertThat(victim.end(Disturbed.PATIENCE).status()).isEqualTo(128 + 9);
        }
        assertThat(run.resolve("_SUCCESS")).doesNotExist();

        try (Victim second = disturbed.resume(run, Layout.ONE_JVM)) {
            Result result = second.end(Disturbed.PATIENCE);

            disturbed.assertSame(result, run);
            assertThat(result.err()).containsPattern("going on from epoch \\d+");
            JsonNode attempts = Victim.attempts(run);
            assertThat(attempts.get(0).get("failure").asText()).isEqualTo("the driver ended");
        }
    }
}
