package dev.starling.tests.faults;

import dev.starling.tests.LocalCluster;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the replicas of a disturbed run are.
 *
 * @param words that ask for it, of {@code train} and {@code resume} alike
 */
record Layout(String name, int replicas, List<String> words) {
    static final Layout ONE_JVM = local("local[2]", 2);
    static final Layout ONE_JVM_OF_FOUR = local("local[4]", 4);
    static final Layout TWO_EXECUTORS = local("local-cluster[2,1,1024]", 2);
    static final Layout TWO_EXECUTORS_OF_TWO = local("local-cluster[2,2,1024]", 4);

    Layout {
        words = List.copyOf(words);
    }

    private static Layout local(String master, int replicas) {
        return new Layout(master, replicas, List.of("--master", master));
    }

    /** Two workers that are processes of their own, an executor of two cores on each. */
    static Layout standalone(LocalCluster cluster) {
        return new Layout(
                "standalone, 2 workers",
                4,
                List.of(
                        "--master",
                        cluster.master(),
                        "--shared-disk",
                        "--conf",
                        "spark.executor.cores=2",
                        "--conf",
                        "spark.cores.max=4"));
    }

    List<String> with(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }

    @Override
    public String toString() {
        return name;
    }
}
