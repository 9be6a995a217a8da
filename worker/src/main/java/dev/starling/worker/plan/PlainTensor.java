package dev.starling.worker.plan;

import dev.starling.worker.memory.FlatVector;
import java.util.Optional;
import org.bytedeco.dnnl.memory;

/**
 * A tensor in plain order, whatever its own: where it is plain these are its own vectors, else copies.
 *
 * @param values examples × channels × height × width
 * @param gradient likewise; empty where nobody needs it
 * @param in brings the tensor's values here; empty where nothing moves
 * @param out brings the gradient back
 */
record PlainTensor(
        FlatVector values,
        Optional<FlatVector> gradient,
        Optional<OneDnn.Primitive> in,
        Optional<OneDnn.Primitive> out) {

    static PlainTensor of(Planning plan, Tensor tensor) throws Unplannable {
        if (tensor.isPlain()) {
            Optional<FlatVector> own = tensor.needsGradient() ? Optional.of(tensor.gradient()) : Optional.empty();
            return new PlainTensor(tensor.values(), own, Optional.empty(), Optional.empty());
        }
        OneDnn oneDnn = plan.oneDnn();
        int length = plan.rows() * tensor.exampleSize();
        FlatVector values = plan.memory().allocate(length);
        FlatVector gradient = plan.memory().allocate(length);
        memory.desc plain = oneDnn.keep(OneDnn.describe(
                memory.format_tag.nchw, plan.rows(), tensor.channels(), tensor.height(), tensor.width()));
        return new PlainTensor(
                values,
                Optional.of(gradient),
                Optional.of(oneDnn.reorder(tensor.valuesMemory(), oneDnn.memory(plain, values))),
                Optional.of(oneDnn.reorder(oneDnn.memory(plain, gradient), tensor.gradientMemory())));
    }

    void bringIn() {
        in.ifPresent(OneDnn.Primitive::run);
    }

    void bringOut() {
        out.ifPresent(OneDnn.Primitive::run);
    }
}
