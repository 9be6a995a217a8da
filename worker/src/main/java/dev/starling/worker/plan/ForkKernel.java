package dev.starling.worker.plan;

import java.util.ArrayList;
import java.util.List;

/** Several kernels read one tensor: each gets the same values and a gradient of its own, and their sum, in the order of the readers, is the tensor's. */
final class ForkKernel implements Kernel {
    private final Planning plan;
    private final Tensor tensor;
    private final List<Tensor> readers = new ArrayList<>();

    /**
     * A fork.
     *
     * @param count of readers, ≥ 2
     */
    ForkKernel(Planning plan, Tensor tensor, int count) {
        this.plan = plan;
        this.tensor = tensor;
        for (int i = 0; i < count; i++) {
            readers.add(tensor.withOwnGradient(plan.memory()));
        }
    }

    Tensor reader(int number) {
        return readers.get(number);
    }

    @Override
    public void forward(boolean training) {
        // The values are the tensor's own.
    }

    @Override
    public void backward() {
        int length = tensor.gradient().length();
        plan.loops().add(readers.get(0).gradient(), readers.get(1).gradient(), tensor.gradient(), length);
        for (int i = 2; i < readers.size(); i++) {
            plan.loops().add(tensor.gradient(), readers.get(i).gradient(), tensor.gradient(), length);
        }
    }

    @Override
    public Tensor output() {
        return tensor;
    }
}
