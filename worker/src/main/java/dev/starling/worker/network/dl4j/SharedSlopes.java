package dev.starling.worker.network.dl4j;

import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Prelu;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.params.PReLUParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A parametric ReLU whose channels have one slope each, in a network that trains and is never stored: DL4J's own derivative refuses slopes that the positions of an image share. For every channel c the gradient of its
 * slope is the sum of g·x over all x ≤ 0, and that of such an x is a·g.
 */
public final class SharedSlopes extends BaseWrapperLayer {
    private static final long serialVersionUID = 1;

    private SharedSlopes(Layer layer) {
        super(layer);
    }

    /** @param network as {@link Dl4jNetwork#model} makes it of the spec; its layers of this kind are replaced */
    public static void into(Model network, NetworkSpec spec) {
        for (LayerSpec layer : spec.layers()) {
            if (layer instanceof Prelu prelu && prelu.perChannel()) {
                Replaced.layers(network, layer.name(), SharedSlopes::new);
            }
        }
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        INDArray back =
                workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, epsilon.dataType(), epsilon.shape(), 'c');
        INDArray slopes = underlying.getGradientsViewArray();
        MemoryWorkspace out = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        try {
            differentiate(epsilon, back, slopes);
        } finally {
            out.close();
        }
        Gradient gradient = new DefaultGradient();
        gradient.setGradientFor(PReLUParamInitializer.WEIGHT_KEY, slopes);
        return new Pair<>(gradient, back);
    }

    /** Sums over the batch, as DL4J's gradients are. */
    private void differentiate(INDArray epsilon, INDArray back, INDArray slopes) {
        double[] values = underlying.input().dup('c').data().asDouble();
        double[] gradient = epsilon.dup('c').data().asDouble();
        double[] slope =
                getParam(PReLUParamInitializer.WEIGHT_KEY).dup('c').data().asDouble();
        double[] sums = new double[slope.length];
        int area = (int) (epsilon.size(2) * epsilon.size(3));
        for (int i = 0; i < values.length; i++) {
            if (values[i] <= 0) {
                int channel = i / area % slope.length;
                sums[channel] += gradient[i] * values[i];
                gradient[i] *= slope[channel];
            }
        }
        back.assign(Nd4j.createFromArray(gradient).castTo(back.dataType()).reshape('c', back.shape()));
        slopes.assign(Nd4j.createFromArray(sums).castTo(slopes.dataType()).reshape(slopes.shape()));
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }
}
