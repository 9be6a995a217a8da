package dev.starling.tests.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of the training benchmark for one network, and the processes behind them. Examples are as many as each takes some seconds for. */
final class TrainingRows implements AutoCloseable {
    static final int[] AVERAGING = {1, 5, 20};

    /** Threads of DL4J's own choice: as many as there are cores. */
    private static final Map<String, String> ITS_OWN_THREADS = Map.of("OMP_NUM_THREADS", "");

    private static final String HELPERS_ON = "-Dorg.eclipse.deeplearning4j.helpers.disable=false";

    private final Work work;
    private final Benchmark benchmark;
    private final List<Contender> contenders = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    private TrainingRows(Work work, Benchmark benchmark) {
        this.work = work;
        this.benchmark = benchmark;
    }

    /** @param approach of the parameter averaging master: Direct or Export */
    static TrainingRows start(Work work, Benchmark benchmark, String approach) {
        TrainingRows rows = new TrainingRows(work, benchmark);
        rows.addStarling();
        rows.addStock();
        rows.addMaster(approach);
        rows.addDropIn();
        return rows;
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    private void addStarling() {
        Contender starling = contender(
                JavaCommand.asStarling(
                        StarlingContender.class,
                        work.label(),
                        "local[2]",
                        benchmark.root().toString(),
                        benchmark.dataFolder().toString()),
                Map.of());
        int planned = work == Work.MLP ? 60_000 : 3_200;
        int reference = work == Work.MLP ? 12_800 : 1_280;
        addStarling(starling, "planned", planned, 4);
        addStarling(starling, "reference", reference, 3);
    }

    private void addStarling(Contender starling, String step, int examples, int epochs) {
        String note = examples + " examples, epochs 2 to " + epochs;
        String prefix = work.label() + "." + step + ".";
        rows.add(new Row(
                prefix + "one",
                "Starling, " + step + " step, 1 replica, 1 thread",
                starling,
                step + " 1 5 " + examples + " " + epochs,
                note));
        for (int every : AVERAGING) {
            rows.add(new Row(
                    prefix + "h" + every,
                    "Starling, " + step + " step, 2 replicas, H = " + every,
                    starling,
                    step + " 2 " + every + " " + examples + " " + epochs,
                    note));
        }
    }

    private void addStock() {
        int off = work == Work.MLP ? 12_800 : 320;
        int on = work == Work.MLP ? 12_800 : 1_280;
        String data = benchmark.dataFolder().toString();
        Contender stock = contender(
                JavaCommand.asStock(List.of(), StockContender.class, work.label(), data, "" + off), ITS_OWN_THREADS);
        Contender helped = contender(
                JavaCommand.asStock(List.of(HELPERS_ON), StockContender.class, work.label(), data, "" + on),
                ITS_OWN_THREADS);
        rows.add(new Row(
                work.label() + ".stock.off",
                "DL4J alone, helpers off (its default), 2 threads",
                stock,
                "" + off,
                off + " examples"));
        rows.add(new Row(
                work.label() + ".stock.on", "DL4J alone, helpers on, 2 threads", helped, "" + on, on + " examples"));
    }

    private void addMaster(String approach) {
        Contender asUsersHaveIt = master(ITS_OWN_THREADS);
        for (int every : AVERAGING) {
            addMaster(asUsersHaveIt, "master.h" + every, ", local[2], H = " + every, every, approach);
        }
        // One native thread for each of the two workers: what a user who knows it would set.
        addMaster(master(Map.of("OMP_NUM_THREADS", "1")), "master1.h5", ", OMP_NUM_THREADS=1, H = 5", 5, approach);
    }

    private Contender master(Map<String, String> environment) {
        List<String> command = JavaCommand.asStock(
                List.of(),
                MasterContender.class,
                work.label(),
                benchmark.dataFolder().toString(),
                "" + mostOfMaster(),
                "local[2]");
        return contender(command, environment);
    }

    private void addMaster(Contender master, String key, String setting, int every, String approach) {
        // A split of the master is 2 × 64 × H examples: at H = 20 the smaller number would not fill one.
        int examples = work == Work.MLP || every == 20 ? mostOfMaster() : mostOfMaster() / 2;
        rows.add(new Row(
                work.label() + "." + key,
                "DL4J's ParameterAveragingTrainingMaster" + setting,
                master,
                every + " " + examples + " " + approach,
                examples + " examples, " + approach));
    }

    /** The same program with the one line changed, in a JVM as users have it and in one with Starling's flags. */
    private void addDropIn() {
        String data = benchmark.dataFolder().toString();
        int examples = work == Work.MLP ? 60_000 : 2_560;
        String most = "" + examples / Work.BATCH * Work.BATCH;
        Contender users = contender(
                JavaCommand.asStock(List.of(), DropInContender.class, work.label(), data, most), ITS_OWN_THREADS);
        Contender ours = contender(JavaCommand.asStarling(DropInContender.class, work.label(), data, most), Map.of());
        for (int every : new int[] {5, 20}) {
            addDropIn(users, "dropin.h" + every, ", local[2], H = " + every, every + " " + mostOfMaster() + " auto");
            addDropIn(users, "dropin.all.h" + every, ", local[2], H = " + every, every + " " + most + " auto");
        }
        addDropIn(users, "dropin.own.h5", " by DL4J's own fit, local[2], H = 5", "5 " + mostOfMaster() + " reference");
        addDropIn(ours, "dropin1.h5", ", Starling's flags, local[2], H = 5", "5 " + mostOfMaster() + " auto");
        addDropIn(ours, "dropin1.all.h5", ", Starling's flags, local[2], H = 5", "5 " + most + " auto");
    }

    private void addDropIn(Contender dropIn, String key, String setting, String request) {
        rows.add(new Row(
                work.label() + "." + key,
                "StarlingTrainingMaster" + setting,
                dropIn,
                request,
                request.split(" ", -1)[1] + " examples, one whole fit"));
    }

    private int mostOfMaster() {
        return work == Work.MLP ? 12_800 : 2_560;
    }

    private Contender contender(List<String> command, Map<String, String> environment) {
        Contender contender = Contender.start(List.of(command), environment, benchmark.log());
        contenders.add(contender);
        return contender;
    }

    @Override
    public void close() {
        contenders.forEach(Contender::close);
    }
}
