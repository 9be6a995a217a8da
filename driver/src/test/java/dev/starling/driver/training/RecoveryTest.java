package dev.starling.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.checkpoint.CheckpointPlace;
import dev.starling.driver.checkpoint.CheckpointRule;
import dev.starling.driver.checkpoint.StoredCheckpoint;
import dev.starling.driver.data.PreparedData;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.Position;
import dev.starling.worker.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training that goes on from what another one left, as after the death of a driver. 361 examples on two replicas by 16, averaged every 3: 12 batches, 4 rounds an epoch. */
@Timeout(180)
class RecoveryTest {
    private static final int EPOCHS = 30;

    @TempDir
    static Path folder;

    @TempDir
    private Path run;

    private static PreparedData data;
    private static TrainedModel undisturbed;

    @BeforeAll
    static void prepare() throws IOException {
        data = Rings.prepare(folder);
        undisturbed = Trainer.train(
                LocalSpark.context(),
                data,
                Rings.network(),
                Rings.training(EPOCHS, 0.01, Optional.empty()),
                2,
                ProgressListener.NONE);
    }

    @AfterAll
    static void close() {
        data.close();
    }

    @Test
    void keepingTheStateChangesNothing() {
        assertSameAsUndisturbed(train(2, new ArrayList<>()));
        assertThat(checkpoints()).isNotEmpty();
    }

    @Test
    void whatAnotherTrainingLeftIsGoneOnFromToTheBit() {
        train(2, new ArrayList<>());
        List<Attempt> attempts = new ArrayList<>();

        assertSameAsUndisturbed(train(2, attempts));

        assertThat(attempts).singleElement().satisfies(attempt -> {
            assertThat(attempt.from()).isPresent();
            assertThat(attempt.cause()).isEmpty();
        });
    }

    @Test
    void aDamagedCheckpointIsPassedOverForTheOneBeforeIt() throws IOException {
        train(2, new ArrayList<>());
        Position last = checkpoints().get(0).position();
        Position before = checkpoints().get(1).position();
        damage(checkpoints().get(0));
        List<Attempt> attempts = new ArrayList<>();

        assertSameAsUndisturbed(train(2, attempts));

        assertThat(attempts).hasSize(2);
        assertThat(attempts.get(0).from()).contains(last);
        assertThat(attempts.get(1).from()).contains(before);
        assertThat(attempts.get(1).retry()).isZero();
        assertThat(attempts.get(1).cause().orElseThrow())
                .startsWith("Cannot read " + run)
                .contains("shared: it does not fit its checksum");
    }

    @Test
    void whereEveryCheckpointIsDamagedNothingIsTrained() throws IOException {
        train(2, new ArrayList<>());
        for (StoredCheckpoint checkpoint : checkpoints()) {
            damage(checkpoint);
        }

        assertThatThrownBy(() -> train(2, new ArrayList<>()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Cannot go on from the checkpoints in " + run.resolve("checkpoints"))
                .hasMessageContaining("none of them is whole");
    }

    @Test
    void anotherNumberOfReplicasGoesOnFromTheLastEpochsEnd() {
        train(2, new ArrayList<>());
        Position boundary = checkpoints().stream()
                .map(StoredCheckpoint::position)
                .filter(Position::isBoundary)
                .findFirst()
                .orElseThrow();
        List<Attempt> attempts = new ArrayList<>();

        TrainedModel one = train(1, attempts);

        assertThat(attempts.get(0).from()).contains(boundary);
        assertThat(values(one).subList(0, boundary.epoch()))
                .isEqualTo(values(undisturbed).subList(0, boundary.epoch()));
        assertThat(one.history()).hasSize(EPOCHS);
        assertThat(one.parametersSha256()).isNotEqualTo(undisturbed.parametersSha256());
    }

    @Test
    void aStoreThatCannotBeWrittenEndsTrainingForGood() throws IOException {
        Files.write(run.resolve("checkpoints"), new byte[0]); // A file where the folder should be.

        assertThatThrownBy(() -> train(2, new ArrayList<>(), 20_000))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageStartingWith("Cannot keep a checkpoint in " + run.resolve("checkpoints"));
    }

    private TrainedModel train(int replicas, List<Attempt> attempts) {
        return train(replicas, attempts, EPOCHS);
    }

    private TrainedModel train(int replicas, List<Attempt> attempts, int epochs) {
        ProgressListener listener = new ProgressListener() {
            @Override
            public void attempt(Attempt attempt) {
                attempts.add(attempt);
            }

            @Override
            public void round(RoundProgress progress) {}

            @Override
            public void epoch(EpochReport report) {}
        };
        FaultSpec faults = new FaultSpec(new CheckpointRule.Rounds(1), 3, Duration.ofSeconds(1), 3);
        return Trainer.train(
                LocalSpark.context(),
                data,
                Rings.network(),
                Rings.training(epochs, 0.01, Optional.empty()),
                replicas,
                new Recovery(faults, Optional.of(place())),
                listener);
    }

    private CheckpointPlace place() {
        return new CheckpointPlace(run.toUri(), new Configuration(false));
    }

    /** The one furthest on first. */
    private List<StoredCheckpoint> checkpoints() {
        return place().folder().committed();
    }

    private static void damage(StoredCheckpoint checkpoint) throws IOException {
        Path file = Path.of(checkpoint.location(), "shared");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static void assertSameAsUndisturbed(TrainedModel model) {
        assertThat(model.parametersSha256()).isEqualTo(undisturbed.parametersSha256());
        assertThat(model.optimizerStateSha256()).isEqualTo(undisturbed.optimizerStateSha256());
        assertThat(values(model)).isEqualTo(values(undisturbed));
    }

    /** All but the times. */
    private static List<List<Metrics>> values(TrainedModel model) {
        return model.history().stream()
                .map(e -> List.of(e.train(), e.validation().orElseThrow()))
                .toList();
    }
}
