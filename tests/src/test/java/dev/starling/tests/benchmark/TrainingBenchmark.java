package dev.starling.tests.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Starling, on both of its steps, beside DL4J alone and DL4J's own training on Spark: {@code deploy/bench training [--work mlp,cnn] [--repeats 3] [--patience 60] [--rows REGEX]
 * [--approach Export|Direct]}: the master's better mode is Export, which is its default.
 */
public final class TrainingBenchmark {
    private final Options options;
    private final Benchmark benchmark;
    private final Machine machine = new Machine();

    private TrainingBenchmark(Options options, Benchmark benchmark) {
        this.options = options;
        this.benchmark = benchmark;
    }

    public static void main(String[] arguments) {
        Benchmark.main(benchmark -> new TrainingBenchmark(
                        Options.parse(arguments, "work", "repeats", "patience", "rows", "approach"), benchmark)
                .run());
    }

    private List<Requirement> run() {
        int repeats = options.count("repeats", 3);
        Map<Work, List<Row>> rows = new LinkedHashMap<>();
        Map<Work, Rounds> rounds = new LinkedHashMap<>();
        for (Work work : Work.listOf(options.text("work", "mlp,cnn"))) {
            try (TrainingRows all = TrainingRows.start(work, benchmark, options.text("approach", "Export"))) {
                rows.put(work, asked(all.rows()));
                rounds.put(work, Rounds.run(rows.get(work), repeats, options.patience(), System.err));
            }
        }
        Table table = new Table(System.out);
        table.header("Training on Fashion-MNIST, batch 64", machine.description(), repeats);
        List<Requirement> requirements = new ArrayList<>();
        rounds.forEach((work, measured) -> {
            table.rates(work.experiment(), rows.get(work), measured);
            requirements.addAll(new Promises(work, measured).all());
        });
        return requirements;
    }

    private List<Row> asked(List<Row> all) {
        Pattern pattern = Pattern.compile(options.text("rows", ""));
        return all.stream().filter(row -> pattern.matcher(row.key()).find()).toList();
    }

    /** What was promised of one network. A promise about rows that were not measured is left out. */
    private record Promises(Work work, Rounds rounds) {
        List<Requirement> all() {
            boolean mlp = work == Work.MLP;
            List<Requirement> list = new ArrayList<>();
            for (String master : List.of("master.h5", "master1.h5")) {
                list.add(atLeast("reference.h5", master, mlp ? 12 : 6));
                if (mlp) {
                    list.add(atLeast("planned.h5", master, 60));
                }
            }
            if (!mlp) {
                list.add(atLeast("reference.h5", "stock.off", 6));
                list.add(atLeast("reference.h5", "reference.one", 1.6));
            }
            list.add(averaging("reference.h5", 0.03));
            list.add(atLeast("planned.h20", "planned.one", 1.8));
            list.add(averaging("planned.h5", mlp ? 0.12 : 0.03));
            for (String setting : List.of("one", "h1", "h5", "h20")) {
                list.add(atLeast("planned." + setting, "reference." + setting, 1));
            }
            list.removeIf(requirement -> Double.isNaN(requirement.value()));
            return list;
        }

        private Requirement atLeast(String row, String other, double bound) {
            double ratio = rounds.median(key(row)) / rounds.median(key(other));
            return Requirement.atLeast(key(row) + " / " + other, ratio, bound);
        }

        private Requirement averaging(String row, double bound) {
            double share = rounds.of(key(row)).map(samples -> samples.median(2)).orElse(Double.NaN);
            return Requirement.atMost(key(row) + " averaging without waiting", share, bound);
        }

        private String key(String row) {
            return work.label() + "." + row;
        }
    }
}
