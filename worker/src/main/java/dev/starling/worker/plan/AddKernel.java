package dev.starling.worker.plan;

import dev.starling.worker.memory.FlatVector;
import java.util.ArrayList;
import java.util.List;

/** The sum of several tensors: in their own order if they share one (what oneDNN pads is 0 and stays so), else in plain order. */
final class AddKernel implements Kernel {
    private final Planning plan;
    private final List<PlainTensor> inputs = new ArrayList<>();
    private final Tensor output;

    AddKernel(Planning plan, List<Tensor> tensors) throws Unplannable {
        this.plan = plan;
        Tensor first = tensors.get(0);
        boolean alike = true;
        for (Tensor other : tensors) {
            alike &= other.isPlain() == first.isPlain()
                    && (first.isPlain() || other.layout().equals(first.layout()));
        }
        for (Tensor tensor : tensors) {
            inputs.add(alike ? inOwnOrder(tensor) : PlainTensor.of(plan, tensor));
        }
        // Of a ragged batch the network's input is longer than its rows: what is plain is made by its sizes.
        this.output = alike && !first.isPlain()
                ? first.alike(plan.memory())
                : plan.plain(first.channels(), first.height(), first.width());
    }

    private static PlainTensor inOwnOrder(Tensor tensor) {
        return new PlainTensor(
                tensor.values(),
                tensor.needsGradient() ? java.util.Optional.of(tensor.gradient()) : java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty());
    }

    @Override
    public void forward(boolean training) {
        FlatVector sum = output.values();
        // By index, here and below: an iterator would be garbage of every step.
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).bringIn();
        }
        plan.loops().add(inputs.get(0).values(), inputs.get(1).values(), sum, sum.length());
        for (int i = 2; i < inputs.size(); i++) {
            plan.loops().add(sum, inputs.get(i).values(), sum, sum.length());
        }
    }

    @Override
    public void backward() {
        FlatVector gradient = output.gradient();
        for (int i = 0; i < inputs.size(); i++) {
            PlainTensor input = inputs.get(i);
            if (input.gradient().isPresent()) {
                input.gradient().get().floats().put(0, gradient.floats(), 0, gradient.length());
                input.bringOut();
            }
        }
    }

    @Override
    public Tensor output() {
        return output;
    }
}
