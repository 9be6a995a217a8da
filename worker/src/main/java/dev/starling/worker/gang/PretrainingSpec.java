package dev.starling.worker.gang;

import dev.starling.worker.optimizer.OptimizerSpec;
import java.io.Serializable;

/**
 * How hidden dense layers are trained before the network is: one after the other, each as the encoder of a denoising autoencoder of what the layers below it give (Vincent et al. 2010).
 *
 * @param epochs of each layer, ≥ 1
 * @param corruption share of a layer's input that is set to zero, anew for every batch; in [0, 1)
 * @param batchSize examples per replica and step, ≥ 1
 */
public record PretrainingSpec(int epochs, double corruption, int batchSize, OptimizerSpec optimizer)
        implements Serializable {}
