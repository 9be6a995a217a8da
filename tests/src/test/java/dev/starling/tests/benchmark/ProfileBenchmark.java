package dev.starling.tests.benchmark;

import dev.starling.worker.data.EpochOrder;
import dev.starling.worker.data.ExampleBlock;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.data.TargetCoding;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.metrics.Totals;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterInitializer;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.global.dnnl;

/**
 * What limits the planned step: where a replica's thread is, sampled while it trains on one core, beside the core's own rates; and how much faster evaluation is than training.
 * {@code deploy/bench profile [--examples 60000] [--seconds 10]}
 */
public final class ProfileBenchmark {
    private static final int CLASSES = 10;

    private final Step step;
    private final Optimizer optimizer;
    private final FlatVector state;
    private final ExampleBlock block;
    private final TargetCoding coding = new TargetCoding.OneHot(CLASSES);
    private final Totals totals;
    private long steps;

    private ProfileBenchmark(Experiments.Described described, ExampleBlock block) {
        NetworkSpec network = described.network();
        NetworkLayout layout = NetworkLayout.of(network);
        this.block = block;
        this.step = StepFactory.create(network, Work.BATCH, StepChoice.PLANNED);
        this.optimizer = new Optimizer(described.optimizer(), new Clipping.None(), layout);
        this.state = FlatVector.allocate(optimizer.stateLength());
        ParameterInitializer.initialize(layout, 1, step.parameters());
        optimizer.reset(state);
        List<String> names =
                IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
        this.totals = Scoring.of(Loss.CATEGORICAL_CROSSENTROPY, new Target.Classes(names), CLASSES)
                .zero();
    }

    public static void main(String[] arguments) {
        Benchmark.main(benchmark -> {
            Options options = Options.parse(arguments, "examples", "seconds");
            int examples = options.count("examples", 60_000);
            FashionMnist images = FashionMnist.read(benchmark.dataFolder(), examples);
            double peak = productRate();
            System.out.printf(Locale.ROOT, "A core's matrix products of 1,024²: %.0f GFLOP/s%n", peak);
            List<Requirement> requirements = new java.util.ArrayList<>();
            for (Work work : Work.values()) {
                try (ExampleBlock block = block(images)) {
                    ProfileBenchmark profile = new ProfileBenchmark(Experiments.of(benchmark.root(), work), block);
                    requirements.addAll(profile.run(work, options.count("seconds", 10)));
                    profile.step.close();
                }
            }
            return requirements;
        });
    }

    private List<Requirement> run(Work work, int seconds) {
        long warm = System.nanoTime();
        while (System.nanoTime() - warm < 5e9) {
            train(1);
        }
        StackSampler sampler = new StackSampler(Thread.currentThread());
        long start = System.nanoTime();
        long before = steps;
        sampler.start();
        while (System.nanoTime() - start < seconds * 1e9) {
            train(16);
        }
        double microseconds = (System.nanoTime() - start) / 1e3 / (steps - before);
        sampler.stop();
        System.out.printf(
                Locale.ROOT,
                "%n## fashion-%s: %,.0f µs a step of %d examples%n%n",
                work.label(),
                microseconds,
                Work.BATCH);
        System.out.println("| where | share |\n|---|---|");
        sampler.shares()
                .forEach((where, share) -> System.out.printf(Locale.ROOT, "| %s | %.1f%% |%n", where, 100 * share));
        double ratio = evaluationRatio(work == Work.MLP ? 400 : 20);
        return List.of(
                Requirement.atMost(
                        work.label() + " share of gathering", sampler.shares().getOrDefault("gathering", 0.0), 0.03),
                Requirement.atLeast(
                        work.label() + " evaluation ÷ training, examples/s", ratio, work == Work.MLP ? 2 : 1));
    }

    /** Median of seven turns of both. */
    private double evaluationRatio(int batches) {
        double[] ratios = new double[7];
        for (int i = 0; i < ratios.length; i++) {
            long start = System.nanoTime();
            train(batches);
            long middle = System.nanoTime();
            evaluate(batches);
            ratios[i] = (double) (middle - start) / (System.nanoTime() - middle);
        }
        return Arrays.stream(ratios).sorted().toArray()[ratios.length / 2];
    }

    private void train(int batches) {
        int[] order = EpochOrder.shuffled(block.rows(), steps);
        for (int i = 0; i < batches; i++) {
            block.gather(
                    order,
                    i % (block.rows() / Work.BATCH) * Work.BATCH,
                    Work.BATCH,
                    coding,
                    step.features(),
                    step.targets());
            step.train(Work.BATCH, ++steps);
            totals.add(step.outputs(), step.targets(), Work.BATCH);
            optimizer.apply(step.parameters(), step.gradient(), state, steps, 1e-4);
        }
    }

    private void evaluate(int batches) {
        int[] order = EpochOrder.shuffled(block.rows(), steps);
        for (int i = 0; i < batches; i++) {
            block.gather(
                    order,
                    i % (block.rows() / Work.BATCH) * Work.BATCH,
                    Work.BATCH,
                    coding,
                    step.features(),
                    step.targets());
            step.infer(Work.BATCH);
            totals.add(step.outputs(), step.targets(), Work.BATCH);
        }
    }

    private static ExampleBlock block(FashionMnist images) {
        int width = FashionMnist.PIXELS + 1;
        ExampleBlock block =
                ExampleBlock.allocate(images.examples(), FashionMnist.PIXELS, 1, Path.of(""), Long.MAX_VALUE);
        for (int row = 0; row < images.examples(); row++) {
            float[] values = Arrays.copyOf(images.features(row, 1), width);
            values[width - 1] = images.labels()[row];
            block.put(new RowChunk(Split.TRAIN, 0, new int[] {row}, width, values));
        }
        return block;
    }

    /** GFLOP/s of oneDNN's sgemm on one core, the best of several: what arithmetic alone would allow. */
    private static double productRate() {
        int n = 1024;
        FlatVector a = FlatVector.allocate(n * n);
        FlatVector b = FlatVector.allocate(n * n);
        FlatVector c = FlatVector.allocate(n * n);
        double best = 0;
        for (int i = 0; i < 30; i++) {
            long start = System.nanoTime();
            dnnl.dnnl_sgemm((byte) 'N', (byte) 'N', n, n, n, 1f, a.pointer(), n, b.pointer(), n, 0f, c.pointer(), n);
            best = Math.max(best, 2.0 * n * n * n / (System.nanoTime() - start));
        }
        return best;
    }
}
