package dev.starling.worker.averaging;

import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.ParameterBlock;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** The strategy by which a gang averages. A round is {@link #every} local steps and one averaging. */
public sealed interface AveragingSpec extends Serializable {
    /**
     * Local steps per round, ≥ 1.
     *
     * @param epoch from 0
     */
    int every(int epoch);

    /** Whether a gang goes on from elsewhere than the mean, so that a round means something to one replica too. */
    default boolean hasOuter() {
        return false;
    }

    /**
     * What makes of a mean where the gang goes on from; empty where that is the mean itself.
     *
     * @param parameters that are averaged, now at their first values
     * @param arena for what it keeps
     */
    default Optional<OuterOptimizer> outer(List<ParameterBlock> blocks, FlatVector parameters, Arena arena) {
        return Optional.empty();
    }

    /**
     * Local SGD (McMahan et al. 2017, arXiv 1602.05629): after every H local steps each replica goes on from the mean, x ← Σ wᵣ·xᵣ.
     *
     * @param every H ≥ 1; 1 is the synchronous way
     */
    record Every(int every) implements AveragingSpec {
        public Every {
            require(every >= 1, "averaging every " + every + " steps", "at least 1");
        }

        @Override
        public int every(int epoch) {
            return every;
        }
    }

    /**
     * Post-local SGD (Lin et al. 2018, arXiv 1808.07217): averages every step through the first epochs, where the network moves fast, and every H afterwards.
     *
     * @param epochs that average every step, ≥ 0
     * @param every H ≥ 1, of the epochs after them
     */
    record PostLocal(int epochs, int every) implements AveragingSpec {
        public PostLocal {
            require(epochs >= 0, "averaging every step for " + epochs + " epochs", "at least 0");
            require(every >= 1, "averaging every " + every + " steps", "at least 1");
        }

        @Override
        public int every(int epoch) {
            return epoch < epochs ? 1 : every;
        }
    }

    /**
     * SlowMo (Wang et al. 2019, arXiv 1910.00643): a momentum of its own upon the means. What becomes of the optimiser's state the
     * paper leaves open (line 2 of its algorithm 1: reset, maintain or average); here {@code optimizerState} says.
     *
     * @param every local steps per round, ≥ 1
     * @param learningRate the paper's α > 0, a factor to the optimiser's own rate
     * @param momentum the paper's β in [0, 1)
     */
    record SlowMo(int every, double learningRate, double momentum) implements AveragingSpec {
        public SlowMo {
            requireOuter(every, learningRate, momentum);
        }

        @Override
        public int every(int epoch) {
            return every;
        }

        @Override
        public boolean hasOuter() {
            return true;
        }

        @Override
        public Optional<OuterOptimizer> outer(List<ParameterBlock> blocks, FlatVector parameters, Arena arena) {
            return Optional.of(new OuterOptimizer(new SlowMoRule(learningRate, momentum), blocks, parameters, arena));
        }
    }

    /**
     * DiLoCo (Douillard et al. 2023, arXiv 2311.08105): Nesterov's momentum upon the means. In the paper each replica keeps its AdamW's state; here {@code optimizerState} says.
     *
     * @param every local steps per round, ≥ 1
     * @param learningRate of the outer optimiser, > 0
     * @param momentum of the outer optimiser, in [0, 1)
     */
    record DiLoCo(int every, double learningRate, double momentum) implements AveragingSpec {
        public DiLoCo {
            requireOuter(every, learningRate, momentum);
        }

        @Override
        public int every(int epoch) {
            return every;
        }

        @Override
        public boolean hasOuter() {
            return true;
        }

        @Override
        public Optional<OuterOptimizer> outer(List<ParameterBlock> blocks, FlatVector parameters, Arena arena) {
            return Optional.of(new OuterOptimizer(new DiLoCoRule(learningRate, momentum), blocks, parameters, arena));
        }
    }

    private static void requireOuter(int every, double learningRate, double momentum) {
        require(every >= 1, "averaging every " + every + " steps", "at least 1");
        require(learningRate > 0, "an outer learning rate of " + learningRate, "above 0");
        require(momentum >= 0 && momentum < 1, "an outer momentum of " + momentum, "from 0 to below 1");
    }

    private static void require(boolean holds, String found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("Cannot plan " + found + " (expected " + expected + ")");
        }
    }
}
