package org.nd4j.nativeblas;

/**
 * The name under which DL4J 1.0.0-M2.1 looks by reflection whether its oneDNN helpers may be used. The class moved to
 * {@code org.nd4j.linalg.cpu.nativecpu.bindings} and DL4J's look-up did not follow, so that stock DL4J never uses oneDNN. This one answers from the new place.
 */
public final class Nd4jCpu {
    private Nd4jCpu() {}

    /** What {@code BaseMKLDNNHelper} asks for. */
    public static final class Environment {
        private static final Environment INSTANCE = new Environment();

        private Environment() {}

        public static Environment getInstance() {
            return INSTANCE;
        }

        /** Whether the native library was built with oneDNN and has it on. */
        public boolean isUseMKLDNN() {
            return org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance()
                    .isUseONEDNN();
        }
    }
}
