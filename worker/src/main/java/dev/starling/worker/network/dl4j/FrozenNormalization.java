package dev.starling.worker.network.dl4j;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Broadcast;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * DL4J's batch normalisation as Keras's with {@code trainable = False}: it uses its running statistics in training too, where they are constants, so that the gradient of its input is γ ÷ √(σ² + ε) times
 * that of its output. Lives in a step's own network only, never in a stored one.
 */
final class FrozenNormalization extends BatchNormalization {
    private static final long serialVersionUID = 1;

    FrozenNormalization(BatchNormalization stock) {
        setLayerName(stock.getLayerName());
        setNIn(stock.getNIn());
        setNOut(stock.getNOut());
        setDecay(stock.getDecay());
        setEps(stock.getEps());
        setUseLogStd(stock.isUseLogStd());
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType type) {
        Frozen layer = new Frozen(conf, type);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        Map<String, INDArray> table = initializer().init(conf, parameters, initialize);
        layer.setParamTable(table);
        layer.setConf(conf);
        return layer;
    }

    private static final class Frozen extends org.deeplearning4j.nn.layers.normalization.BatchNormalization {
        private static final long serialVersionUID = 1;

        Frozen(NeuralNetConfiguration conf, DataType type) {
            super(conf, type);
        }

        @Override
        public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
            return super.activate(false, workspaces);
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
            INDArray variance = getParam(BatchNormalizationParamInitializer.GLOBAL_VAR);
            INDArray scale = Transforms.sqrt(variance.add(layerConf().getEps()), false)
                    .rdivi(getParam(BatchNormalizationParamInitializer.GAMMA))
                    .reshape(variance.length());
            INDArray back =
                    workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, epsilon.dataType(), epsilon.shape(), 'c');
            Broadcast.mul(epsilon, scale, back, 1);
            Gradient none = new DefaultGradient();
            for (String name : conf().getLayer().initializer().paramKeys(conf().getLayer())) {
                none.setGradientFor(name, gradientViews.get(name).assign(0));
            }
            return new Pair<>(none, back);
        }
    }
}
