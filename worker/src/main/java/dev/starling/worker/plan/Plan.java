package dev.starling.worker.plan;

import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.random.Noise;
import java.util.List;
import java.util.Optional;

/** A network for one batch size, as a list of kernels over buffers made once, one for each layer in the layout's order, and forks; nothing is allocated when it runs. */
final class Plan implements AutoCloseable {
    private final Kernel[] kernels;
    private final Kernel[] learning;
    private final Head[] heads;
    private final Optional<OneDnn> oneDnn;
    private final Arena memory;

    /**
     * @param learning those of the kernels, in their order, that run backward too
     * @param planning what they were made from; its oneDNN and its memory are this plan's from now on
     */
    Plan(List<Kernel> kernels, List<Kernel> learning, List<Head> heads, Planning planning) {
        this.kernels = kernels.toArray(Kernel[]::new);
        this.learning = learning.toArray(Kernel[]::new);
        this.heads = heads.toArray(Head[]::new);
        this.oneDnn = planning.library();
        this.memory = planning.memory();
    }

    void train(FlatVector targets, FlatVector outputs, long seed) {
        int layer = 0;
        for (Kernel kernel : kernels) {
            if (!(kernel instanceof ForkKernel)) {
                kernel.seed(Noise.ofLayer(seed, layer++));
            }
            kernel.forward(true);
        }
        for (Head head : heads) {
            head.forward(outputs);
            head.backward(targets);
        }
        for (int i = learning.length - 1; i >= 0; i--) {
            learning[i].backward();
        }
    }

    void infer(FlatVector outputs) {
        for (Kernel kernel : kernels) {
            kernel.forward(false);
        }
        for (Head head : heads) {
            head.forward(outputs);
        }
    }

    /** What activations cost in the last batch, per example in the mean. */
    double activityPenalty() {
        double sum = 0;
        for (Kernel kernel : kernels) {
            sum += kernel instanceof PenalizedKernel penalized ? penalized.cost() : 0;
        }
        return sum;
    }

    List<Kernel> kernels() {
        return List.of(kernels);
    }

    String implementations() {
        return oneDnn.map(used -> "products oneDNN " + used.implementations())
                .orElse("products OpenBLAS")
                .strip();
    }

    /** Its memory outside the heap, without what oneDNN's own objects take. */
    long bytes() {
        return memory.bytes();
    }

    @Override
    public void close() {
        oneDnn.ifPresent(OneDnn::close);
        memory.close();
    }
}
