package dev.starling.driver.data;

import static dev.starling.driver.data.Sources.csv;
import static dev.starling.driver.data.Sources.data;
import static dev.starling.driver.data.Sources.prepare;
import static dev.starling.driver.data.Sources.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.Scale;
import dev.starling.worker.data.Split;
import dev.starling.worker.network.Loss;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

class SplitsTest {
    private static final int ROWS = 30_001;
    private static final double TEST = 0.2;
    private static final double VALIDATION = 0.15;

    @TempDir
    private static Path folder;

    private static DataSpec spec;

    /** Rows in three files; column id is the row's number, classes are of very different sizes. */
    @BeforeAll
    static void writeRows() {
        for (int file = 0; file < 3; file++) {
            StringBuilder text = new StringBuilder("id,class\n");
            for (int row = file * ROWS / 3; row < (file + 1) * ROWS / 3; row++) {
                text.append(row).append(",c").append(classOf(row)).append('\n');
            }
            Sources.write(folder.resolve("data/" + file + ".csv"), text.toString());
        }
        spec = data(csv(folder.resolve("data"), "class"), TEST, VALIDATION);
    }

    private static int classOf(int row) {
        return row % 5000 == 7 ? 3 : row % 10 == 0 ? 2 : row % 3 == 0 ? 1 : 0;
    }

    private static List<Integer> ids(PreparedData data, Split split) {
        return rows(data, split).stream().map(row -> (int) row[0]).toList();
    }

    private static Map<Integer, Long> perClass(List<Integer> ids) {
        Map<Integer, Long> counts = new TreeMap<>();
        ids.forEach(id -> counts.merge(classOf(id), 1L, Long::sum));
        return counts;
    }

    @Test
    void everyRowIsInExactlyOneSplitInOrder() {
        try (PreparedData data = prepare(spec, Loss.CATEGORICAL_CROSSENTROPY)) {
            List<Integer> all = new ArrayList<>();
            for (Split split : Split.values()) {
                assertThat(ids(data, split)).isSorted().hasSize((int) data.rows(split));
                all.addAll(ids(data, split));
            }
            assertThat(all.stream().sorted().toList())
                    .isEqualTo(IntStream.range(0, ROWS).boxed().toList());
        }
    }

    @Test
    void splitsAreTheRoundedFractionsAndKeepTheSharesOfClassesWithinOneRow() {
        try (PreparedData data = prepare(spec, Loss.CATEGORICAL_CROSSENTROPY)) {
            assertThat(data.rows(Split.TEST)).isEqualTo(6000);
            assertThat(data.rows(Split.VALIDATION)).isEqualTo(3600);
            Map<Integer, Long> whole = perClass(IntStream.range(0, ROWS).boxed().toList());
            Map<Integer, Long> test = perClass(ids(data, Split.TEST));
            Map<Integer, Long> validation = perClass(ids(data, Split.VALIDATION));
            whole.forEach((c, n) -> {
                assertThat(test.getOrDefault(c, 0L).doubleValue()).isCloseTo(TEST * n, within(1.0));
                double left = n - test.getOrDefault(c, 0L);
                assertThat(validation.getOrDefault(c, 0L).doubleValue()).isCloseTo(VALIDATION * left, within(1.0));
            });
        }
    }

    @Test
    void splitsAreRandomOverTheRows() {
        try (PreparedData data = prepare(spec, Loss.CATEGORICAL_CROSSENTROPY)) {
            double mean =
                    ids(data, Split.TEST).stream().mapToInt(i -> i).average().orElseThrow();
            double deviationOfMean = ROWS / Math.sqrt(12 * 6000.0);
            assertThat(mean).isCloseTo(ROWS / 2.0, within(4 * deviationOfMean));
        }
    }

    @Test
    void anotherSeedGivesOtherSplits() {
        try (PreparedData first = prepare(spec, Loss.CATEGORICAL_CROSSENTROPY);
                PreparedData second = DataPipeline.prepare(
                        dev.starling.driver.LocalSpark.context(),
                        spec,
                        Loss.CATEGORICAL_CROSSENTROPY,
                        Optional.empty(),
                        43)) {
            assertThat(ids(first, Split.TEST)).isNotEqualTo(ids(second, Split.TEST));
            assertThat(first.fingerprint()).isEqualTo(second.fingerprint());
        }
    }

    @Test
    void partitionsChangeNothing() {
        try (PreparedData one = prepare(spec, Loss.CATEGORICAL_CROSSENTROPY, 1);
                PreparedData many = prepare(spec, Loss.CATEGORICAL_CROSSENTROPY, 5)) {
            assertThat(many.encoded(Split.TRAIN).getNumPartitions())
                    .isGreaterThan(one.encoded(Split.TRAIN).getNumPartitions());
            for (Split split : Split.values()) {
                assertThat(ids(many, split)).isEqualTo(ids(one, split));
            }
            assertThat(many.fingerprint()).isEqualTo(one.fingerprint());
            assertThat(dealt(many, 3)).isEqualTo(dealt(one, 3));
        }
    }

    @Test
    void aSourceOfItsOwnIsWhollyTheSplit() {
        Path test = Sources.write(folder.resolve("test.csv"), "class,id\nc1,70000\nc0,80000\n");
        DataSpec separate = data(
                csv(folder.resolve("data"), "class"),
                Optional.of(new HeldOut.Source(csv(test, "class"))),
                Optional.empty(),
                new Scale.None(),
                new Scale.None());
        try (PreparedData data = prepare(separate, Loss.CATEGORICAL_CROSSENTROPY)) {
            assertThat(ids(data, Split.TEST)).containsExactly(70_000, 80_000);
            assertThat(data.rows(Split.TRAIN)).isEqualTo(ROWS);
            assertThat(data.has(Split.VALIDATION)).isFalse();
        }
    }

    private static List<List<RowChunk>> partitions(PreparedData data, int replicas) {
        JavaRDD<RowChunk> dealt = data.deal(replicas);
        assertThat(dealt.getNumPartitions()).isEqualTo(replicas);
        return List.of(dealt.collectPartitions(IntStream.range(0, replicas).toArray()));
    }

    /** Per rank: the ids by slot, then the ids of validation rows by block. */
    private static List<List<Integer>> dealt(PreparedData data, int replicas) {
        List<List<Integer>> ranks = new ArrayList<>();
        List<List<RowChunk>> partitions = partitions(data, replicas);
        for (int rank = 0; rank < replicas; rank++) {
            Integer[] slots = new Integer[data.trainRows(rank, replicas)];
            Map<Integer, List<Integer>> validation = new TreeMap<>();
            for (RowChunk chunk : partitions.get(rank)) {
                for (int i = 0; i < chunk.rows(); i++) {
                    int id = (int) chunk.values()[i * chunk.width()];
                    if (chunk.split() == Split.TRAIN) {
                        assertThat(slots[chunk.slots()[i]]).isNull();
                        slots[chunk.slots()[i]] = id;
                    } else {
                        validation
                                .computeIfAbsent(chunk.block(), block -> new ArrayList<>())
                                .add(id);
                    }
                }
            }
            List<Integer> all = new ArrayList<>(Arrays.asList(slots));
            validation.values().forEach(all::addAll);
            ranks.add(all);
        }
        return ranks;
    }

    @Test
    void dealingIsEvenAndCompleteAndFillsEverySlotOnce() {
        try (PreparedData data = prepare(spec, Loss.CATEGORICAL_CROSSENTROPY)) {
            for (int replicas : new int[] {1, 2, 7}) {
                List<Integer> all = new ArrayList<>();
                List<List<Integer>> ranks = dealt(data, replicas);
                int trained = 0;
                for (int rank = 0; rank < replicas; rank++) {
                    int rows = data.trainRows(rank, replicas);
                    assertThat(ranks.get(rank)).doesNotContainNull();
                    assertThat(rows).isBetween((ROWS - 9600) / replicas, (ROWS - 9600) / replicas + 1);
                    all.addAll(ranks.get(rank));
                    trained += rows;
                }
                assertThat(trained).isEqualTo(ROWS - 9600);
                List<Integer> expected = new ArrayList<>(ids(data, Split.TRAIN));
                expected.addAll(ids(data, Split.VALIDATION));
                assertThat(all.stream().sorted().toList())
                        .isEqualTo(expected.stream().sorted().toList());
            }
        }
    }

    @Test
    void dealingCanFeedABarrierStage() {
        try (PreparedData data = prepare(spec, Loss.CATEGORICAL_CROSSENTROPY)) {
            ClassTag<Object> tag = ClassTag$.MODULE$.Object();
            RDD<Object> counts = data.deal(2).rdd().barrier().mapPartitions(new CountTrainRows(), false, tag);
            assertThat(JavaRDD.fromRDD(counts, tag).collect())
                    .containsExactly(data.trainRows(0, 2), data.trainRows(1, 2));
        }
    }

    /** What a gang's task does at first: a partition's training rows. */
    private static final class CountTrainRows extends AbstractFunction1<Iterator<RowChunk>, Iterator<Object>>
            implements Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public Iterator<Object> apply(Iterator<RowChunk> chunks) {
            int rows = 0;
            while (chunks.hasNext()) {
                rows += chunks.next().slots().length;
            }
            return JavaConverters.asScalaIterator(List.<Object>of(rows).iterator());
        }
    }

    @Test
    void validationBlocksGoRoundTheRanks() {
        try (PreparedData data = prepare(spec, Loss.CATEGORICAL_CROSSENTROPY)) {
            List<List<RowChunk>> ranks = partitions(data, 2);
            for (int rank = 0; rank < 2; rank++) {
                int expected = rank;
                assertThat(ranks.get(rank).stream().filter(chunk -> chunk.split() == Split.VALIDATION))
                        .isNotEmpty()
                        .allSatisfy(chunk -> assertThat(chunk.block() % 2).isEqualTo(expected));
            }
        }
    }
}
