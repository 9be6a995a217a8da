package dev.starling.worker.gang;

import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.data.EpochOrder;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.optimizer.OptimizerSpec;
import java.util.List;

/** What {@link Gang#train} does, written out in double, one replica after the other, each strategy in its paper's own form. SGD with momentum, or Adam. */
final class Simulation {
    private static final int SIZE = Gang.INPUTS + 1;
    private static final double L2 = 0.001;

    private final TrainingSpec spec;
    private final List<Examples> parts;
    private final GangPlan plan;
    private final double[][] x;
    private final double[][] first;
    private final double[][] second;
    private final int[] steps;
    private final double[] anchor = new double[SIZE];
    private final double[] momentum = new double[SIZE];

    private Simulation(TrainingSpec spec, List<Examples> parts) {
        this.spec = spec;
        this.parts = parts;
        this.plan = new GangPlan(parts.stream().mapToInt(Examples::rows).toArray(), spec.batchSize(), spec.averaging());
        this.x = new double[parts.size()][SIZE];
        this.first = new double[parts.size()][SIZE];
        this.second = new double[parts.size()][SIZE];
        this.steps = new int[parts.size()];
    }

    /** The parameters of every rank at the end. */
    static double[][] run(TrainingSpec spec, List<Examples> parts) {
        Simulation simulation = new Simulation(spec, parts);
        if (spec.overlap()) {
            simulation.runLate();
        } else {
            simulation.runAtOnce();
        }
        return simulation.x;
    }

    private void runAtOnce() {
        for (int epoch = 0; epoch < spec.epochs(); epoch++) {
            for (int round = 0; round < plan.rounds(epoch); round++) {
                trainRound(epoch, round);
                spread(x, outer(mean(x, epoch, round), epoch, round));
                averageState(epoch, round);
            }
        }
    }

    private void averageState(int epoch, int round) {
        if (spec.optimizerState() == OptimizerStatePolicy.AVERAGE) {
            spread(first, mean(first, epoch, round));
            spread(second, mean(second, epoch, round));
        }
        resetState();
    }

    private void resetState() {
        if (spec.optimizerState() == OptimizerStatePolicy.RESET) {
            spread(first, new double[SIZE]);
            spread(second, new double[SIZE]);
            java.util.Arrays.fill(steps, 0);
        }
    }

    /** Overlap: a round's mean is taken in at the end of the next. */
    private void runLate() {
        boolean averages = spec.optimizerState() == OptimizerStatePolicy.AVERAGE;
        for (int epoch = 0; epoch < spec.epochs(); epoch++) {
            double[][][] copies = null;
            double[][] means = null;
            for (int round = 0; round < plan.rounds(epoch); round++) {
                trainRound(epoch, round);
                if (means != null) {
                    takeIn(x, means[0], copies[0], 1, epoch, round);
                    if (averages) {
                        takeIn(first, means[1], copies[1], firstDecay(), epoch, round);
                        takeIn(second, means[2], copies[2], secondDecay(), epoch, round);
                    }
                }
                if (round + 1 == plan.rounds(epoch)) {
                    spread(x, outer(mean(x, epoch, round), epoch, round));
                    averageState(epoch, round);
                } else {
                    copies = new double[][][] {copy(x), copy(first), copy(second)};
                    means = new double[][] {
                        outer(mean(x, epoch, round), epoch, round),
                        mean(first, epoch, round),
                        mean(second, epoch, round)
                    };
                    resetState();
                }
            }
        }
    }

    private double firstDecay() {
        return spec.optimizer() instanceof OptimizerSpec.Adam adam
                ? adam.beta1()
                : ((OptimizerSpec.Sgd) spec.optimizer()).momentum();
    }

    private double secondDecay() {
        return spec.optimizer() instanceof OptimizerSpec.Adam adam ? adam.beta2() : 1;
    }

    private void takeIn(double[][] own, double[] mean, double[][] copies, double decay, int epoch, int round) {
        for (int rank = 0; rank < own.length; rank++) {
            int done = plan.endStep(rank, epoch, round) - plan.firstStep(rank, epoch, round);
            for (int i = 0; i < SIZE; i++) {
                own[rank][i] += Math.pow(decay, done) * (mean[i] - copies[rank][i]);
            }
        }
    }

    private double[] mean(double[][] vectors, int epoch, int round) {
        double[] mean = new double[SIZE];
        double examples = 0;
        for (int rank = 0; rank < vectors.length; rank++) {
            int weight = plan.examples(rank, epoch, round);
            examples += weight;
            for (int i = 0; i < SIZE; i++) {
                mean[i] += weight * vectors[rank][i];
            }
        }
        for (int i = 0; i < SIZE; i++) {
            mean[i] /= examples;
        }
        return mean;
    }

    private double[] outer(double[] mean, int epoch, int round) {
        double gamma = spec.optimizer().learningRate().at(plan.batchesBeforeRound(epoch, round));
        double[] next = mean.clone();
        for (int i = 0; i < SIZE; i++) {
            double delta = anchor[i] - mean[i];
            if (spec.averaging() instanceof AveragingSpec.SlowMo slow) {
                momentum[i] = slow.momentum() * momentum[i] + delta / gamma;
                next[i] = anchor[i] - slow.learningRate() * gamma * momentum[i];
            } else if (spec.averaging() instanceof AveragingSpec.DiLoCo diLoCo) {
                momentum[i] = diLoCo.momentum() * momentum[i] + delta;
                next[i] = anchor[i] - diLoCo.learningRate() * (delta + diLoCo.momentum() * momentum[i]);
            }
            anchor[i] = next[i];
        }
        return next;
    }

    private static void spread(double[][] vectors, double[] value) {
        for (double[] vector : vectors) {
            System.arraycopy(value, 0, vector, 0, SIZE);
        }
    }

    private static double[][] copy(double[][] vectors) {
        double[][] copy = new double[vectors.length][];
        for (int rank = 0; rank < copy.length; rank++) {
            copy[rank] = vectors[rank].clone();
        }
        return copy;
    }

    private void trainRound(int epoch, int round) {
        for (int rank = 0; rank < x.length; rank++) {
            int[] order = EpochOrder.shuffled(
                    parts.get(rank).rows(), Seeds.derive(spec.seed(), Purpose.SHUFFLE, epoch, rank));
            for (int step = plan.firstStep(rank, epoch, round); step < plan.endStep(rank, epoch, round); step++) {
                double rate = spec.optimizer().learningRate().at(plan.batchesBefore(epoch, step));
                update(rank, gradient(rank, order, step), rate);
            }
        }
    }

    /** Of the mean squared error, and of the weights' penalty. */
    private double[] gradient(int rank, int[] order, int step) {
        int rows = plan.rowsAt(rank, step);
        FlatVector features = FlatVector.allocate(spec.batchSize() * Gang.INPUTS);
        FlatVector targets = FlatVector.allocate(spec.batchSize());
        parts.get(rank).gather(order, step * spec.batchSize(), rows, features, targets);
        double[] gradient = new double[SIZE];
        for (int row = 0; row < rows; row++) {
            double error = x[rank][Gang.INPUTS] - targets.floats().get(row);
            for (int i = 0; i < Gang.INPUTS; i++) {
                error += x[rank][i] * features.floats().get(row * Gang.INPUTS + i);
            }
            for (int i = 0; i < Gang.INPUTS; i++) {
                gradient[i] += 2 * error * features.floats().get(row * Gang.INPUTS + i) / rows;
            }
            gradient[Gang.INPUTS] += 2 * error / rows;
        }
        for (int i = 0; i < Gang.INPUTS; i++) {
            gradient[i] += 2 * L2 * x[rank][i];
        }
        return gradient;
    }

    private void update(int rank, double[] g, double rate) {
        steps[rank]++;
        for (int i = 0; i < SIZE; i++) {
            if (spec.optimizer() instanceof OptimizerSpec.Adam adam) {
                double b1 = adam.beta1();
                double b2 = adam.beta2();
                first[rank][i] = b1 * first[rank][i] + (1 - b1) * g[i];
                second[rank][i] = b2 * second[rank][i] + (1 - b2) * g[i] * g[i];
                double alpha = rate * Math.sqrt(1 - Math.pow(b2, steps[rank])) / (1 - Math.pow(b1, steps[rank]));
                x[rank][i] -= alpha * first[rank][i] / (Math.sqrt(second[rank][i]) + adam.epsilon());
            } else {
                double mu = ((OptimizerSpec.Sgd) spec.optimizer()).momentum();
                first[rank][i] = mu * first[rank][i] - rate * g[i];
                x[rank][i] += first[rank][i];
            }
        }
    }
}
