package dev.starling.worker.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.network.LayerNetworks;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What DL4J gives in double precision for layers of noise, learned slopes and places, against differences of the squared error written out. */
class LayerGradientTest {
    /** Of a large block so many values as are differentiated in a moment. */
    private static final int MOST = 40;

    static Set<String> names() {
        return LayerNetworks.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void gradientIsTheDifferenceToAMillionth(String name) {
        assertThat(new GradientCheck(LayerNetworks.all().get(name)).relativeError(MOST))
                .isLessThanOrEqualTo(1e-6);
    }
}
