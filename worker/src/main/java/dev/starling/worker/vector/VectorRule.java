package dev.starling.worker.vector;

import static dev.starling.worker.vector.Lanes.BYTES;
import static dev.starling.worker.vector.Lanes.GRAIN;
import static dev.starling.worker.vector.Lanes.ORDER;
import static dev.starling.worker.vector.Lanes.SPECIES;

import dev.starling.worker.optimizer.OptimizerSpec;
import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;

/**
 * An optimiser's formula in place on the flat vectors, operation by operation as the rules of {@code optimizer} (whose Javadoc has the formulas), so that the bits are the
 * same. Each rule has a loop of its own: a call per vector that the compiler does not inline would allocate.
 */
abstract sealed class VectorRule {
    /** As far as rules need it, what is the same for all values of a step. */
    float rate;

    /** @param step a replica's own number, from 1 */
    void begin(long step, double learningRate) {
        rate = (float) learningRate;
    }

    /**
     * @param s state vectors, {@code stride} bytes one after another
     * @param from first byte, whole vectors up to {@code to}
     */
    abstract void update(ByteBuffer p, ByteBuffer g, ByteBuffer s, int stride, int from, int to);

    static VectorRule of(OptimizerSpec spec) {
        if (spec instanceof OptimizerSpec.Sgd sgd) {
            return sgd.momentum() == 0 ? new Descent() : new Momentum((float) sgd.momentum(), sgd.nesterov());
        }
        if (spec instanceof OptimizerSpec.Adagrad adagrad) {
            return new Adagrad((float) adagrad.epsilon());
        }
        if (spec instanceof OptimizerSpec.RmsProp rmsProp) {
            return new RmsProp(rmsProp);
        }
        if (spec instanceof OptimizerSpec.Adam adam) {
            return new Adam(adam.beta1(), adam.beta2(), adam.epsilon(), true, false);
        }
        OptimizerSpec.AmsGrad a = (OptimizerSpec.AmsGrad) spec;
        return new Adam(a.beta1(), a.beta2(), a.epsilon(), a.biasCorrection(), true);
    }

    private static final class Descent extends VectorRule {
        @Override
        void update(ByteBuffer p, ByteBuffer g, ByteBuffer s, int stride, int from, int to) {
            float lr = rate;
            for (int i = from; i < to; i += BYTES) {
                FloatVector.fromByteBuffer(SPECIES, p, i, ORDER)
                        .sub(FloatVector.fromByteBuffer(SPECIES, g, i, ORDER).mul(lr))
                        .intoByteBuffer(p, i, ORDER);
            }
        }
    }

    private static final class Momentum extends VectorRule {
        private final float momentum;
        private final boolean nesterov;

        Momentum(float momentum, boolean nesterov) {
            this.momentum = momentum;
            this.nesterov = nesterov;
        }

        @Override
        void update(ByteBuffer p, ByteBuffer g, ByteBuffer s, int stride, int from, int to) {
            float mu = momentum;
            float lr = rate;
            boolean ahead = nesterov;
            for (int i = from; i < to; i += BYTES) {
                FloatVector step =
                        FloatVector.fromByteBuffer(SPECIES, g, i, ORDER).mul(lr);
                FloatVector velocity = FloatVector.fromByteBuffer(SPECIES, s, i, ORDER)
                        .mul(mu)
                        .sub(step)
                        .add(GRAIN)
                        .sub(GRAIN);
                velocity.intoByteBuffer(s, i, ORDER);
                FloatVector.fromByteBuffer(SPECIES, p, i, ORDER)
                        .add(ahead ? velocity.mul(mu).sub(step) : velocity)
                        .intoByteBuffer(p, i, ORDER);
            }
        }
    }

    private static final class Adagrad extends VectorRule {
        private final float epsilon;

        Adagrad(float epsilon) {
            this.epsilon = epsilon;
        }

        @Override
        void update(ByteBuffer p, ByteBuffer g, ByteBuffer s, int stride, int from, int to) {
            float lr = rate;
            float eps = epsilon;
            for (int i = from; i < to; i += BYTES) {
                FloatVector gradient = FloatVector.fromByteBuffer(SPECIES, g, i, ORDER);
                FloatVector sum =
                        FloatVector.fromByteBuffer(SPECIES, s, i, ORDER).add(gradient.mul(gradient));
                sum.intoByteBuffer(s, i, ORDER);
                FloatVector.fromByteBuffer(SPECIES, p, i, ORDER)
                        .sub(gradient.mul(lr).div(sum.add(eps).sqrt()))
                        .intoByteBuffer(p, i, ORDER);
            }
        }
    }

    private static final class RmsProp extends VectorRule {
        private final float keep;
        private final float take;
        private final float momentum;
        private final float epsilon;

        RmsProp(OptimizerSpec.RmsProp spec) {
            this.keep = (float) spec.rho();
            this.take = (float) (1 - spec.rho());
            this.momentum = (float) spec.momentum();
            this.epsilon = (float) spec.epsilon();
        }

        @Override
        void update(ByteBuffer p, ByteBuffer g, ByteBuffer s, int stride, int from, int to) {
            float lr = rate;
            boolean accelerated = momentum != 0;
            for (int i = from; i < to; i += BYTES) {
                FloatVector gradient = FloatVector.fromByteBuffer(SPECIES, g, i, ORDER);
                FloatVector square = FloatVector.fromByteBuffer(SPECIES, s, i, ORDER)
                        .mul(keep)
                        .add(gradient.mul(take).mul(gradient))
                        .add(GRAIN)
                        .sub(GRAIN);
                square.intoByteBuffer(s, i, ORDER);
                FloatVector step = gradient.mul(lr).div(square.add(epsilon).sqrt());
                if (accelerated) {
                    step = FloatVector.fromByteBuffer(SPECIES, s, stride + i, ORDER)
                            .mul(momentum)
                            .add(step)
                            .add(GRAIN)
                            .sub(GRAIN);
                    step.intoByteBuffer(s, stride + i, ORDER);
                }
                FloatVector.fromByteBuffer(SPECIES, p, i, ORDER).sub(step).intoByteBuffer(p, i, ORDER);
            }
        }
    }

    /** And AMSGrad, which divides by the largest square so far. */
    private static final class Adam extends VectorRule {
        private final double beta1;
        private final double beta2;
        private final float epsilon;
        private final boolean biasCorrection;
        private final boolean largest;

        Adam(double beta1, double beta2, double epsilon, boolean biasCorrection, boolean largest) {
            this.beta1 = beta1;
            this.beta2 = beta2;
            this.epsilon = (float) epsilon;
            this.biasCorrection = biasCorrection;
            this.largest = largest;
        }

        @Override
        void begin(long step, double learningRate) {
            double corrected = learningRate * Math.sqrt(1 - Math.pow(beta2, step)) / (1 - Math.pow(beta1, step));
            rate = (float) (biasCorrection ? corrected : learningRate);
        }

        @Override
        void update(ByteBuffer p, ByteBuffer g, ByteBuffer s, int stride, int from, int to) {
            float b1 = (float) beta1;
            float b2 = (float) beta2;
            float c1 = (float) (1 - beta1);
            float c2 = (float) (1 - beta2);
            float alpha = rate;
            float eps = epsilon;
            boolean most = largest;
            for (int i = from; i < to; i += BYTES) {
                FloatVector gradient = FloatVector.fromByteBuffer(SPECIES, g, i, ORDER);
                FloatVector mean = FloatVector.fromByteBuffer(SPECIES, s, i, ORDER)
                        .mul(b1)
                        .add(gradient.mul(c1))
                        .add(GRAIN)
                        .sub(GRAIN);
                FloatVector square = FloatVector.fromByteBuffer(SPECIES, s, stride + i, ORDER)
                        .mul(b2)
                        .add(gradient.mul(c2).mul(gradient))
                        .add(GRAIN)
                        .sub(GRAIN);
                mean.intoByteBuffer(s, i, ORDER);
                square.intoByteBuffer(s, stride + i, ORDER);
                if (most) {
                    square = FloatVector.fromByteBuffer(SPECIES, s, 2 * stride + i, ORDER)
                            .max(square);
                    square.intoByteBuffer(s, 2 * stride + i, ORDER);
                }
                FloatVector.fromByteBuffer(SPECIES, p, i, ORDER)
                        .sub(mean.mul(alpha).div(square.sqrt().add(eps)))
                        .intoByteBuffer(p, i, ORDER);
            }
        }
    }
}
