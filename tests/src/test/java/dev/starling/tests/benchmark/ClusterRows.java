package dev.starling.tests.benchmark;

import dev.starling.tests.LocalCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows of the cluster's benchmark for one network, and the processes behind them. Examples are as many as let the whole run end in about ten minutes. */
final class ClusterRows implements AutoCloseable {
    static final List<Integer> AVERAGING = List.of(1, 5, 20, 100);
    static final int REPLICAS = 2;

    /** What the master takes at a time at H = 20. */
    private static final int LEAST = REPLICAS * Work.BATCH * 20;

    /** Of the raw sockets, in one answer. */
    private static final int COPIES = 50;

    private final Work work;
    private final Benchmark benchmark;
    private final int shrink;
    private final Path folder = Scratch.folder();
    private final List<Contender> contenders = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    private ClusterRows(Work work, Benchmark benchmark, int shrink) {
        this.work = work;
        this.benchmark = benchmark;
        this.shrink = shrink;
    }

    /**
     * Starts them.
     *
     * @param ours {@code spark://…} for Starling
     * @param theirs for the parameter averaging master, with HDFS, through which its approach Export goes
     * @param shrink how many times fewer examples, to try it out
     */
    static ClusterRows start(Work work, Benchmark benchmark, String ours, LocalCluster theirs, int shrink) {
        ClusterRows rows = new ClusterRows(work, benchmark, shrink);
        rows.addStarling(ours);
        rows.addSockets();
        rows.addDdp();
        rows.addMaster(theirs);
        return rows;
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    static String key(Work work, int every) {
        return work.label() + ".cluster.h" + every;
    }

    static String oneJvmKey(Work work) {
        return work.label() + ".jvm.h20";
    }

    static String socketsKey(Work work) {
        return work.label() + ".sockets";
    }

    /** @param approach of the parameter averaging master: Direct or Export, its default */
    static String masterKey(Work work, int every, String approach) {
        return work.label() + ".master." + approach.toLowerCase(Locale.ROOT) + ".h" + every;
    }

    private void addStarling(String master) {
        Contender cluster = starling(master);
        Contender jvm = starling("local[" + REPLICAS + "]");
        for (int every : AVERAGING) {
            rows.add(starlingRow(key(work, every), "Starling, 2 executors, H = " + every, cluster, every));
            if (every == 20) {
                rows.add(starlingRow(oneJvmKey(work), "Starling, one JVM, H = 20", jvm, every));
            }
        }
    }

    private Row starlingRow(String key, String label, Contender contender, int every) {
        boolean mlp = work == Work.MLP;
        // A round of 100 steps of both replicas is 12,800 examples.
        int examples = shrunk(mlp ? 60_000 : every == 100 ? 12_800 : 5_120);
        int epochs = mlp ? 6 : every == 100 ? 2 : 3;
        String request = "planned " + REPLICAS + " " + every + " " + examples + " " + epochs;
        return new Row(key, label, contender, request, examples + " examples, epochs 2 to " + epochs);
    }

    private int shrunk(int examples) {
        return Math.max(LEAST, examples / shrink);
    }

    private Contender starling(String master) {
        return contender(List.of(JavaCommand.asStarling(
                StarlingContender.class,
                work.label(),
                master,
                benchmark.root().toString(),
                benchmark.dataFolder().toString())));
    }

    private void addSockets() {
        String floats = "" + ClusterTable.averagedFloats(Experiments.of(benchmark.root(), work));
        Contender sockets = contender(List.of(
                JavaCommand.asStarling(SocketContender.class, "0", folder.toString(), floats),
                JavaCommand.asStarling(SocketContender.class, "1", folder.toString(), floats)));
        rows.add(new Row(
                socketsKey(work),
                "raw sockets",
                sockets,
                "" + COPIES,
                times -> new double[] {Samples.median(Arrays.copyOf(times, COPIES))},
                COPIES + " copies"));
    }

    private void addDdp() {
        Contender ddp = Peer.DDP.start(benchmark, work);
        contenders.add(ddp);
        rows.add(Peer.DDP.row(ddp, work));
    }

    private void addMaster(LocalCluster cluster) {
        // On the convolutional network these take most of a minute.
        int examples = shrunk(work == Work.MLP ? 12_800 : LEAST);
        Contender master = contender(List.of(JavaCommand.asStock(
                List.of(),
                MasterContender.class,
                work.label(),
                benchmark.dataFolder().toString(),
                "" + examples,
                cluster.master(),
                cluster.hdfs("").toString(),
                hadoopSettings(cluster.hdfs("")))));
        // Direct, which is not its default, is its better mode on a cluster.
        addMaster(master, 20, examples, "Direct");
        if (work == Work.MLP) {
            addMaster(master, 5, examples, "Direct");
            addMaster(master, 20, examples, "Export");
        }
    }

    /** A folder for the executors' class path, by which the master's workers find their files. */
    private String hadoopSettings(URI hdfs) {
        String text = "<configuration><property><name>fs.defaultFS</name><value>" + hdfs
                + "</value></property></configuration>";
        try {
            Files.writeString(folder.resolve("core-site.xml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write Hadoop's settings", e);
        }
        return folder.toString();
    }

    private void addMaster(Contender master, int every, int examples, String approach) {
        rows.add(new Row(
                masterKey(work, every, approach),
                "DL4J's ParameterAveragingTrainingMaster, 2 executors, OMP_NUM_THREADS=1, H = " + every,
                master,
                every + " " + examples + " " + approach,
                examples + " examples, " + approach));
    }

    private Contender contender(List<List<String>> commands) {
        Contender contender = Contender.start(commands, Map.of(), benchmark.log());
        contenders.add(contender);
        return contender;
    }

    @Override
    public void close() {
        contenders.forEach(Contender::close);
        Scratch.delete(folder);
    }
}
