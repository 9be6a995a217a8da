package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.loops.LoopsChoice;
import dev.starling.worker.network.Graphs;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Shape;
import dev.starling.worker.step.ReferenceStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The planned step over networks that are no sequences, held against DL4J's ComputationGraph. */
class PlannedGraphTest {
    /** Of sizes for which oneDNN has fast kernels. */
    private static final NetworkSpec BRANCHES = Graphs.branches(new Shape.Image(8, 8, 1), 16);

    @Test
    void aHundredRandomGraphsHaveDl4jsGradientInDoublePrecision() {
        List<String> wrong = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        int joined = 0;
        for (int i = 0; i < 100; i++) {
            NetworkSpec graph = new RandomGraphs(i).draw();
            joined += graph.layers().stream().anyMatch(layer -> layer.joins()) ? 1 : 0;
            Trial trial = new Trial(graph, 2 + i % 13, i);
            int batchSize = i % 3 == 0 ? trial.rows + 5 : trial.rows;
            try (PlannedStep step = trial.planned(batchSize, LoopsChoice.create())) {
                int number = i;
                new Comparison(trial).beyond(1e-4, trial.gradient(step)).forEach(one -> wrong.add(number + ": " + one));
            } catch (Unplannable e) {
                refused.add(i + ": " + e.getMessage());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(refused).hasSizeLessThan(30);
        assertThat(joined).isGreaterThan(70);
    }

    @Test
    void planAndReferenceInferTheSame() throws Unplannable {
        for (NetworkSpec graph :
                List.of(Graphs.residual(), Graphs.penalized(), BRANCHES, Graphs.backwards(), Graphs.twoOutputs())) {
            Trial trial = new Trial(graph, 9, 1);
            try (PlannedStep plan = trial.planned(9, LoopsChoice.create());
                    ReferenceStep reference = trial.reference()) {
                plan.infer(9);
                reference.infer(9);
                assertThat(plan.outputs().toArray())
                        .usingComparatorWithPrecision(1e-5f)
                        .containsExactly(reference.outputs().toArray());
                plan.train(9, 7);
                reference.train(9, 7);
                assertThat(plan.outputs().toArray())
                        .usingComparatorWithPrecision(1e-5f)
                        .containsExactly(reference.outputs().toArray());
                assertThat(plan.gradient().toArray())
                        .usingComparatorWithPrecision(1e-4f)
                        .containsExactly(reference.gradient().toArray());
                assertThat(plan.activityPenalty()).isCloseTo(reference.activityPenalty(), within(1e-6));
                assertThat(plan.activityPenalty() > 0).isEqualTo(graph.equals(Graphs.penalized()));
                assertThat(plan.description()).startsWith("planned");
            }
        }
    }

    @Test
    void chunksAndVectorsGiveTheSameBits() throws Unplannable {
        Trial trial = new Trial(BRANCHES, 11, 2);
        try (PlannedStep chunks = trial.planned(11, LoopsChoice.chunks());
                PlannedStep vectors = trial.planned(11, LoopsChoice.create())) {
            assertThat(trial.gradient(chunks)).isEqualTo(trial.gradient(vectors));
        }
    }

    @Test
    void aForkThatForgetsAReaderIsSeen() throws Unplannable {
        Trial trial = new Trial(Graphs.residual(), 8, 3);
        try (PlannedStep step = trial.planned(8, LoopsChoice.create())) {
            float[] right = trial.gradient(step);
            assertThat(new Comparison(trial).worst(right)).isLessThan(1e-5);
            assertThat(step.kernels().stream().filter(ForkKernel.class::isInstance))
                    .hasSize(1);
            ForkKernel fork = (ForkKernel) step.kernels().stream()
                    .filter(ForkKernel.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            fork.reader(2).gradient().zero();
            int at = step.kernels().indexOf(fork);
            for (int i = at; i >= 0; i--) {
                step.kernels().get(i).backward();
            }
            assertThat(new Comparison(trial).worst(step.gradient().toArray())).isGreaterThan(1e-2);
        }
    }
}
