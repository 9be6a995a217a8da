package dev.starling.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
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

    /** Loading DL4J takes seconds; a class path without it shows that the summary needs none of it. */
    @Test
    void touchesNoClassOfDl4j() throws ReflectiveOperationException, IOException {
        URL[] own = {folder(Summary.class), folder(Networks.class)};
        try (URLClassLoader alone = new URLClassLoader(own, ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> alone.loadClass(MultiLayerNetwork.class.getName()))
                    .isInstanceOf(ClassNotFoundException.class);
            Class<?> spec = alone.loadClass(NetworkSpec.class.getName());
            Object cnn = alone.loadClass(Networks.class.getName())
                    .getMethod("fashionCnn")
                    .invoke(null);
            Object text = alone.loadClass(Summary.class.getName())
                    .getMethod("of", spec)
                    .invoke(null, cnn);
            assertThat(text).asString().contains("1,679,082");
        }
    }

    private static URL folder(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
