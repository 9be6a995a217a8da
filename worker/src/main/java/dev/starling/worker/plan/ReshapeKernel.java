package dev.starling.worker.plan;

import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Reshape;
import dev.starling.worker.network.Shape;
import java.util.List;

/** The same values seen in another shape: in plain order nothing moves. */
final class ReshapeKernel implements Kernel {
    private final FlattenKernel flat;
    private final Tensor output;

    ReshapeKernel(Planning plan, Reshape layer, List<ParameterBlock> none, Tensor input) throws Unplannable {
        this.flat = new FlattenKernel(plan, new Flatten(layer.name()), none, input);
        Shape target = layer.target();
        this.output = flat.output().reshaped(target.channels(), target.height(), target.width());
    }

    @Override
    public void forward(boolean training) {
        flat.forward(training);
    }

    @Override
    public void backward() {
        flat.backward();
    }

    @Override
    public Tensor output() {
        return output;
    }
}
