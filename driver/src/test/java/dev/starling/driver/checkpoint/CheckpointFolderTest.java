package dev.starling.driver.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.exchange.StateVector;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.gang.Checkpoints.Saved;
import dev.starling.worker.gang.Checkpoints.Snapshot;
import dev.starling.worker.gang.Position;
import dev.starling.worker.memory.FlatVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CheckpointFolderTest {
    /** More floats than are read at a time, and not a multiple of them. */
    private static final int LENGTH = 3 * StateFile.PIECE + 5;

    @TempDir
    private Path run;

    private CheckpointFolder folder;

    @BeforeEach
    void open() {
        folder = CheckpointFolder.of(run.toUri(), new Configuration(false));
    }

    @Test
    void everyReplicaReadsWhatIsSharedAndWhatIsItsOwn() {
        save(3, 2, new Position(4, 7));

        StoredCheckpoint stored = folder.committed().get(0);
        assertThat(stored.position()).isEqualTo(new Position(4, 7));
        for (int rank = 0; rank < 3; rank++) {
            Saved saved = new SavedState(stored, rank, 3);
            assertThat(saved.common()).containsExactly(4, 7);
            assertThat(saved.own()).singleElement().isEqualTo(new byte[] {(byte) rank});
            List<StateVector> vectors = vectors(-1);
            saved.restore(vectors);
            assertThat(vectors.get(0).vector().toArray())
                    .isEqualTo(vectors(0).get(0).vector().toArray());
            assertThat(vectors.get(1).vector().toArray())
                    .isEqualTo(vectors(rank).get(1).vector().toArray());
        }
    }

    @Test
    void anotherNumberOfReplicasReadsTheMeanOfWhatWasEachOnesOwn() {
        save(3, 2, new Position(4, 0));

        Saved saved = new SavedState(folder.committed().get(0), 1, 2);
        List<StateVector> vectors = vectors(-1);
        saved.restore(vectors);

        assertThat(saved.own()).hasSize(3);
        // own: 100·rank + i, i below 7
        assertThat(vectors.get(1).vector().toArray()).startsWith(100, 101, 102);
    }

    @Test
    void onlyTheLastOnesStayAndTheLastEpochsEnd() {
        save(2, 2, new Position(1, 0), new Position(2, 0), new Position(2, 3), new Position(2, 6), new Position(2, 9));

        assertThat(positions()).containsExactly(new Position(2, 9), new Position(2, 6), new Position(2, 0));
    }

    @Test
    void whatHasNoMarkOrLacksAFileIsNone() throws IOException {
        save(2, 5, new Position(1, 0), new Position(2, 0), new Position(3, 0));
        Files.delete(path(new Position(3, 0)).resolve(CommitMark.NAME));
        Files.delete(path(new Position(2, 0)).resolve("rank-00001"));

        assertThat(positions()).containsExactly(new Position(1, 0));
    }

    @Test
    void aFileThatIsShorterThanItsMarkSaysMakesNone() throws IOException {
        save(2, 5, new Position(1, 0), new Position(2, 0));
        Path file = path(new Position(2, 0)).resolve("shared");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));

        assertThat(positions()).containsExactly(new Position(1, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 14, 30, 5000, -9, -1})
    void aByteThatIsAnotherIsFound(int at) throws IOException {
        save(2, 5, new Position(2, 0));
        Path file = path(new Position(2, 0)).resolve("shared");
        byte[] bytes = Files.readAllBytes(file);
        bytes[Math.floorMod(at, bytes.length)] ^= 0x40;
        Files.write(file, bytes);

        StoredCheckpoint stored = folder.committed().get(0);
        assertThatThrownBy(() -> new SavedState(stored, 1, 2).restore(vectors(-1)))
                .isInstanceOfAny(DamagedCheckpoint.class, dev.starling.worker.InvalidInput.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void anAttemptRemovesDraftsAndWhatLiesFurtherOn() throws IOException {
        save(2, 5, new Position(1, 0), new Position(2, 0), new Position(2, 4));
        Files.createDirectories(run.resolve("checkpoints/.epoch-000003-round-0000000-abc"));

        folder.clearFor(Optional.of(folder.committed().get(1)));

        assertThat(positions()).containsExactly(new Position(2, 0), new Position(1, 0));
        try (Stream<Path> left = Files.list(run.resolve("checkpoints"))) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    void aStoreThatCannotBeWrittenFailsForGoodAfterAWhileAndNamesThePlace() throws IOException {
        save(1, 5, new Position(1, 0));
        Path draft = run.resolve("checkpoints/.epoch-000002-round-0000000-attempt");
        Files.write(draft, new byte[0]); // A file where the folder should be.

        try (GangCheckpoints checkpoints = replica(0, 1, 5)) {
            checkpoints.save(snapshot(0, new Position(2, 0)));
            assertThatThrownBy(() -> {
                        while (true) {
                            checkpoints.isDue(false);
                        }
                    })
                    .isInstanceOf(TrainingFailed.class)
                    .matches(e -> ((TrainingFailed) e).isForGood())
                    .hasMessageStartingWith("Cannot keep a checkpoint in " + run.resolve("checkpoints") + ": ")
                    .hasMessageContaining("the checkpoints before it are whole");
        }
        assertThat(positions()).containsExactly(new Position(1, 0));
    }

    private List<Position> positions() {
        return folder.committed().stream().map(StoredCheckpoint::position).toList();
    }

    private Path path(Position position) {
        return folder.committed().stream()
                .filter(c -> c.position().equals(position))
                .map(c -> Path.of(c.location()))
                .findFirst()
                .orElseThrow();
    }

    /** All ranks save at each position, one after another as a gang of threads would. */
    private void save(int replicas, int keep, Position... positions) {
        List<GangCheckpoints> gang = new ArrayList<>();
        for (int rank = 0; rank < replicas; rank++) {
            gang.add(replica(rank, replicas, keep));
        }
        for (Position position : positions) {
            for (int rank = 0; rank < replicas; rank++) {
                gang.get(rank).save(snapshot(rank, position));
            }
            await(gang.get(0));
        }
        gang.forEach(GangCheckpoints::close);
    }

    private GangCheckpoints replica(int rank, int replicas, int keep) {
        long patience = TimeUnit.MILLISECONDS.toNanos(300);
        return new GangCheckpoints(
                new GangCheckpoints.Settings(folder, "attempt", new CheckpointRule.Rounds(1), keep, patience, replicas),
                Optional.empty(),
                rank);
    }

    /** Until rank 0 could take the next one: with every round due, that is once the last is written. */
    private static void await(GangCheckpoints rank0) {
        while (!rank0.isDue(false)) {
            Thread.onSpinWait();
        }
    }

    private static Snapshot snapshot(int rank, Position position) {
        return new Snapshot(
                position,
                new byte[] {(byte) position.epoch(), (byte) position.round()},
                new byte[] {(byte) rank},
                vectors(rank));
    }

    /** One shared, i + ½, and one of its own, 100·rank + i; of rank −1 both zero. */
    private static List<StateVector> vectors(int rank) {
        FlatVector shared = FlatVector.allocate(LENGTH);
        FlatVector own = FlatVector.allocate(7);
        for (int i = 0; rank >= 0 && i < LENGTH; i++) {
            shared.floats().put(i, i + 0.5f);
        }
        for (int i = 0; rank >= 0 && i < 7; i++) {
            own.floats().put(i, 100 * rank + i);
        }
        return List.of(new StateVector("parameters", shared, true), new StateVector("own", own, false));
    }
}
