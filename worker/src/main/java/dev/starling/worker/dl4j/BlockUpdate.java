package dev.starling.worker.dl4j;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import dev.starling.worker.network.Penalty;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * A block of DL4J's updater as an optimiser of ours, in place on DL4J's own parameters, gradient and state, which both lay out alike; the learning rate is what DL4J's schedule says of iteration and
 * epoch, and t is the iteration plus one.
 */
final class BlockUpdate {
    private final IUpdater updater;
    private final Optimizer optimizer;
    private final FlatVector parameters;
    private final FlatVector gradient;
    private final FlatVector state;

    private BlockUpdate(
            IUpdater updater, Optimizer optimizer, FlatVector parameters, FlatVector gradient, FlatVector state) {
        this.updater = updater;
        this.optimizer = optimizer;
        this.parameters = parameters;
        this.gradient = gradient;
        this.state = state;
    }

    /**
     * All blocks that change anything.
     *
     * @return empty if one of them does something of which we do not know how
     */
    static Optional<List<BlockUpdate>> all(
            List<UpdaterBlock> blocks, FlatVector parameters, FlatVector gradient, FlatVector state) {
        List<BlockUpdate> updates = new ArrayList<>();
        for (UpdaterBlock block : blocks) {
            IUpdater updater = block.getGradientUpdater().getConfig();
            Optional<OptimizerSpec> spec = spec(updater);
            Optional<List<ParameterBlock>> parts = parts(block);
            if (updater instanceof NoOp) {
                continue;
            }
            if (spec.isEmpty() || parts.isEmpty()) {
                return Optional.empty();
            }
            int from = block.getParamOffsetStart();
            int length = block.getParamOffsetEnd() - from;
            int stateFrom = block.getUpdaterViewOffsetStart();
            updates.add(new BlockUpdate(
                    updater,
                    new Optimizer(spec.get(), new Clipping.None(), parts.get(), length),
                    parameters.slice(from, length),
                    gradient.slice(from, length),
                    state.slice(stateFrom, block.getUpdaterViewOffsetEnd() - stateFrom)));
        }
        return Optional.of(updates);
    }

    /** The rate is given at each step. */
    private static Optional<OptimizerSpec> spec(IUpdater updater) {
        Schedule rate = new Schedule.Constant(1);
        if (updater instanceof Sgd) {
            return Optional.of(new OptimizerSpec.Sgd(rate, 0, false, 0));
        }
        if (updater instanceof Nesterovs nesterovs && nesterovs.getMomentumISchedule() == null) {
            return Optional.of(new OptimizerSpec.Sgd(rate, nesterovs.getMomentum(), true, 0));
        }
        if (updater instanceof Adam adam) {
            return Optional.of(new OptimizerSpec.Adam(rate, adam.getBeta1(), adam.getBeta2(), adam.getEpsilon(), 0));
        }
        if (updater instanceof AMSGrad amsGrad) {
            return Optional.of(new OptimizerSpec.AmsGrad(
                    rate, amsGrad.getBeta1(), amsGrad.getBeta2(), amsGrad.getEpsilon(), true, 0));
        }
        return Optional.empty();
    }

    private static Optional<List<ParameterBlock>> parts(UpdaterBlock block) {
        List<ParameterBlock> parts = new ArrayList<>();
        for (UpdaterBlock.ParamState part : block.getLayersAndVariablesInBlock()) {
            Optional<Penalty> penalty =
                    penalty(part.getLayer().getConfig().getRegularizationByParam(part.getParamName()));
            if (penalty.isEmpty()) {
                return Optional.empty();
            }
            parts.add(new ParameterBlock(
                    part.getParamName(),
                    Kind.KERNEL,
                    part.getParamOffsetStart() - block.getParamOffsetStart(),
                    part.getParamOffsetEnd() - part.getParamOffsetStart(),
                    0,
                    0,
                    Initializer.ZEROS,
                    penalty.get()));
        }
        return Optional.of(parts);
    }

    /** DL4J's l2 adds ½λw² to the loss, ours αw². */
    private static Optional<Penalty> penalty(List<Regularization> all) {
        double l1 = 0;
        double l2 = 0;
        for (Regularization one : all == null ? List.<Regularization>of() : all) {
            if (one instanceof L1Regularization first && first.getL1() instanceof FixedSchedule) {
                l1 += value(first.getL1());
            } else if (one instanceof L2Regularization second && second.getL2() instanceof FixedSchedule) {
                l2 += value(second.getL2()) / 2;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new Penalty(l1, l2));
    }

    private static double value(ISchedule fixed) {
        return fixed.valueAt(0, 0);
    }

    /** Changes the parameters by the gradient. */
    void apply(int iteration, int epoch) {
        optimizer.apply(parameters, gradient, state, iteration + 1L, updater.getLearningRate(iteration, epoch));
    }

    /** What the penalties add to the loss now. */
    double penalty() {
        return optimizer.penalty(parameters);
    }
}
