package dev.starling.worker.plan;

import dev.starling.worker.network.LayerLayout;
import java.util.ArrayList;
import java.util.List;

/** The tensors of a plan as its kernels read them: where several read one, each its own branch of a fork. Kernels of forks are put into the list behind that of their tensor. */
final class Forks {
    private final Planning plan;
    private final List<Kernel> kernels;
    /** Per tensor, the network's input first: how many read it. */
    private final int[] readers;

    private final boolean[] learns;
    private final List<Kernel> resting = new ArrayList<>();
    private final int[] given;
    private final Tensor[] tensors;
    private final ForkKernel[] forks;

    /** @param learns which layers run backward */
    Forks(Planning plan, List<LayerLayout> layers, List<Kernel> kernels, boolean[] learns, Tensor input) {
        this.plan = plan;
        this.kernels = kernels;
        this.learns = learns;
        this.readers = new int[layers.size() + 1];
        this.given = new int[layers.size() + 1];
        this.tensors = new Tensor[layers.size() + 1];
        this.forks = new ForkKernel[layers.size() + 1];
        layers.forEach(layer -> layer.sources().forEach(source -> readers[source + 1]++));
        tensors[0] = input;
    }

    /** Takes the kernel of a layer. */
    void add(int layer, Kernel kernel) {
        kernels.add(kernel);
        Tensor tensor = learns[layer] ? kernel.output() : kernel.output().withoutGradient();
        if (!learns[layer]) {
            resting.add(kernel);
        }
        tensors[layer + 1] = tensor;
        if (readers[layer + 1] > 1 && tensor.needsGradient()) {
            forks[layer + 1] = new ForkKernel(plan, tensor, readers[layer + 1]);
            kernels.add(forks[layer + 1]);
        }
    }

    /** Kernels that only run forward. */
    List<Kernel> resting() {
        return resting;
    }

    /** For the next reader of a layer's output; −1 is the network's input. */
    Tensor read(int layer) {
        ForkKernel fork = forks[layer + 1];
        return fork == null ? tensors[layer + 1] : fork.reader(given[layer + 1]++);
    }

    List<Tensor> read(List<Integer> layers) {
        return layers.stream().map(this::read).toList();
    }
}
