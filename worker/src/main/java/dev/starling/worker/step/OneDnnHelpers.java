package dev.starling.worker.step;

import org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper;

/**
 * Switches on what makes DL4J's convolution, pooling and batch normalisation several times faster and is off in stock DL4J for two reasons: a
 * property that disables helpers by default, and a class looked up under an old name ({@code org.nd4j.nativeblas.Nd4jCpu}, which Starling supplies).
 */
public final class OneDnnHelpers {
    /** DL4J reads it each time it makes a layer. */
    static final String PROPERTY = "org.eclipse.deeplearning4j.helpers.disable";

    private OneDnnHelpers() {}

    /**
     * Call before a network is made; layers that exist stay as they are. What the command line says of the property stands.
     *
     * @return whether layers made from now on use oneDNN
     */
    public static boolean enable() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, "false");
        }
        return enabled();
    }

    static boolean enabled() {
        return "false".equals(System.getProperty(PROPERTY)) && BaseMKLDNNHelper.mklDnnEnabled();
    }
}
