package dev.starling.worker.plan;

import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.ParameterBlock;
import java.util.List;
import org.bytedeco.dnnl.memory;

/** Images in oneDNN's order become rows of channels × height × width values, as DL4J flattens; where they lie so already, nothing moves. */
final class FlattenKernel implements Kernel {
    private final Tensor output;
    private final OneDnn.Primitive forward;
    private final OneDnn.Primitive backward;

    FlattenKernel(Planning plan, Flatten layer, List<ParameterBlock> none, Tensor input) throws Unplannable {
        if (input.isPlain()) {
            this.output = input.flattened();
            this.forward = null;
            this.backward = null;
            return;
        }
        OneDnn oneDnn = plan.oneDnn();
        this.output = plan.flat(input.exampleSize());
        memory.desc plain = oneDnn.keep(
                OneDnn.describe(memory.format_tag.nchw, plan.rows(), input.channels(), input.height(), input.width()));
        this.forward = oneDnn.reorder(input.valuesMemory(), oneDnn.memory(plain, output.values()));
        this.backward = input.needsGradient()
                ? oneDnn.reorder(oneDnn.memory(plain, output.gradient()), input.gradientMemory())
                : null;
    }

    @Override
    public void forward(boolean training) {
        if (forward != null) {
            forward.run();
        }
    }

    @Override
    public void backward() {
        if (backward != null) {
            backward.run();
        }
    }

    @Override
    public Tensor output() {
        return output;
    }
}
