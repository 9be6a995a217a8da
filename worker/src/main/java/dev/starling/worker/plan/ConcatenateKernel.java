package dev.starling.worker.plan;

import dev.starling.worker.memory.FlatVector;
import java.util.ArrayList;
import java.util.List;

/** Several tensors one after the other by channels. In plain order an example's channels lie together, so that its part of each input is one run. */
final class ConcatenateKernel implements Kernel {
    private final int rows;
    private final List<PlainTensor> inputs = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final Tensor output;

    ConcatenateKernel(Planning plan, List<Tensor> tensors) throws Unplannable {
        this.rows = plan.rows();
        int channels = 0;
        for (Tensor tensor : tensors) {
            inputs.add(PlainTensor.of(plan, tensor));
            sizes.add(tensor.exampleSize());
            channels += tensor.channels();
        }
        Tensor first = tensors.get(0);
        this.output = plan.plain(channels, first.height(), first.width());
    }

    @Override
    public void forward(boolean training) {
        int size = output.exampleSize();
        int before = 0;
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).bringIn();
            copyRows(inputs.get(i).values(), sizes.get(i), 0, output.values(), size, before, sizes.get(i));
            before += sizes.get(i);
        }
    }

    @Override
    public void backward() {
        int size = output.exampleSize();
        int before = 0;
        for (int i = 0; i < inputs.size(); i++) {
            PlainTensor input = inputs.get(i);
            if (input.gradient().isPresent()) {
                copyRows(output.gradient(), size, before, input.gradient().get(), sizes.get(i), 0, sizes.get(i));
                input.bringOut();
            }
            before += sizes.get(i);
        }
    }

    private void copyRows(FlatVector from, int fromWidth, int fromAt, FlatVector to, int toWidth, int toAt, int count) {
        for (int row = 0; row < rows; row++) {
            to.floats().put(row * toWidth + toAt, from.floats(), row * fromWidth + fromAt, count);
        }
    }

    @Override
    public Tensor output() {
        return output;
    }
}
