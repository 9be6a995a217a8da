package dev.starling.worker.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void namesEveryLayerItsShapeAndItsParameters() {
        assertThat(Summary.of(Networks.xor()).lines().map(l -> l.replaceAll(" +", " ")))
                .contains(
                        "Layer (type) Output Shape Param # Trainable",
                        "dense_1 (dense) (None, 4) 12 yes",
                        "dense_2 (dense) (None, 4) 20 yes",
                        "dense_3 (dense) (None, 1) 5 yes",
                        "Total params: 37",
                        "Trainable params: 37",
                        "Non-trainable params: 0");
    }

    @Test
    void showsWhatIsNotTrained() {
        assertThat(Summary.of(Networks.fashionCnn()).lines().map(l -> l.replaceAll(" +", " ")))
                .contains(
                        "conv_11 (conv2d) (None, 28, 28, 32) 320 yes",
                        "norm_11 (batchNormalization) (None, 28, 28, 32) 128 64 of 128",
                        "pool_2 (maxPooling2d) (None, 14, 14, 32) 0 -",
                        "Total params: 1,679,082",
                        "Non-trainable params: 1,408");
    }
}
