package dev.starling.tests.benchmark;

import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.tests.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What conf/experiments/digits-sweep.yaml reaches with how many epochs, all of them trained: {@code deploy/bench digits [--seeds 5]}. Random search without early termination sets the mark with its
 * 60 whole trials; the same split for all seeds.
 */
public final class DigitsStudy {
    private static final List<String> WAYS = List.of("asha", "hyperband", "none");

    private final RealSweep sweep;
    private final List<List<Double>> shares = new ArrayList<>();

    private DigitsStudy(RealSweep sweep) {
        this.sweep = sweep;
        WAYS.forEach(way -> shares.add(new ArrayList<>()));
    }

    public static void main(String[] arguments) {
        Benchmark.main(benchmark -> {
            int seeds = Options.parse(arguments, "seeds").count("seeds", 5);
            Machine machine = new Machine();
            Experiment experiment = experiment(benchmark.root(), List.of());
            try (JavaSparkContext spark = LocalSpark.start("local[2]");
                    RawData data = RawData.open(spark, experiment.data(), experiment.loss(), experiment.seed())) {
                DigitsStudy study = new DigitsStudy(new RealSweep(spark, data));
                study.table(benchmark.root(), seeds);
                System.out.println();
                System.out.println(machine.description() + ".");
                return study.requirements();
            }
        });
    }

    private static Experiment experiment(Path root, List<String> overrides) {
        return ExperimentParser.parseSweep(
                ExperimentText.read("digits-sweep.yaml", overrides, Map.of(), root.resolve("conf/experiments")));
    }

    private void table(Path root, int seeds) {
        System.out.println("| seed | random: best validation accuracy of 60 whole trials (epochs, until reached) | "
                + WAYS.stream()
                        .map(way -> "TPE, " + way + ": epochs until as good, as a share")
                        .collect(Collectors.joining(" | "))
                + " |");
        System.out.println("|---|---|" + "---|".repeat(WAYS.size()));
        for (int seed = 1; seed <= seeds; seed++) {
            RealSweep.Outcome random = sweep.run(
                    experiment(root, List.of("seed=" + seed, "sweep.search=random", "sweep.earlyTermination=none")), 2);
            double wanted = reached(random, Double.POSITIVE_INFINITY).best();
            long all = reached(random, Double.POSITIVE_INFINITY).epochs();
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    "| %d | %.4f (%d, %d)",
                    seed,
                    wanted,
                    all,
                    reached(random, wanted).epochs()));
            for (int way = 0; way < WAYS.size(); way++) {
                Reached mine = reached(sweep.run(experiment(root, overrides(seed, WAYS.get(way), all)), 2), wanted);
                double share = mine.best() >= wanted ? (double) mine.epochs() / all : Double.POSITIVE_INFINITY;
                shares.get(way).add(share);
                line.append(
                        share <= 1
                                ? String.format(Locale.ROOT, " | %d, %.2f", mine.epochs(), share)
                                : String.format(Locale.ROOT, " | not by %d (%.4f)", mine.epochs(), mine.best()));
            }
            System.out.println(line.append(" |"));
        }
    }

    private static List<String> overrides(int seed, String way, long epochs) {
        String early = way.equals("none") ? way : "{" + way + ": {minEpochs: 1, reduction: 3}}";
        return List.of(
                "seed=" + seed, "sweep.trials=1000", "sweep.maxEpochs=" + epochs, "sweep.earlyTermination=" + early);
    }

    /** The best value, and the epochs of all trials that were told up to the event that brought it. */
    private record Reached(double best, long epochs) {}

    private static Reached reached(RealSweep.Outcome outcome, double wanted) {
        double best = 0;
        long epochs = 0;
        for (SweepEvent event : outcome.events()) {
            List<Double> values = event instanceof SweepEvent.Paused e
                    ? e.values()
                    : event instanceof SweepEvent.Finished f ? f.values() : List.of();
            for (double value : values) {
                best = Math.max(best, value);
            }
            epochs += values.size();
            if (best >= wanted) {
                break;
            }
        }
        return new Reached(best, epochs);
    }

    private List<Requirement> requirements() {
        List<Requirement> requirements = new ArrayList<>();
        for (int way = 0; way < 2; way++) {
            double median = Samples.median(
                    shares.get(way).stream().mapToDouble(Double::doubleValue).toArray());
            requirements.add(Requirement.atMost("digits, " + WAYS.get(way) + ": share of epochs", median, 0.25));
        }
        return requirements;
    }
}
