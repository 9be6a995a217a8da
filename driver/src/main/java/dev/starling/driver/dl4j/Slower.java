package dev.starling.driver.dl4j;

import dev.starling.worker.step.OneDnnHelpers;
import java.util.ArrayList;
import java.util.List;

/** What of a JVM that Starling did not start makes training slower than it could be. */
final class Slower {
    private Slower() {}

    /**
     * In this JVM.
     *
     * @param threads inside native operations, as the session has it
     * @return for each point what it costs and the setting
     */
    static List<String> here(int threads) {
        List<String> found = new ArrayList<>();
        if (threads != 1) {
            found.add("OpenMP starts with " + threads
                    + " threads in each task, though a replica uses one: OMP_NUM_THREADS=1");
        }
        if (!"0".equals(System.getProperty("org.bytedeco.javacpp.maxphysicalbytes"))) {
            found.add(
                    "JavaCPP reads the process's memory at each allocation: -Dorg.bytedeco.javacpp.maxphysicalbytes=0");
        }
        if (!OneDnnHelpers.enable()) {
            found.add("convolution, pooling and batch normalisation run without oneDNN:"
                    + " -Dorg.eclipse.deeplearning4j.helpers.disable=false and nd4j-native with an onednn classifier");
        }
        return List.copyOf(found);
    }
}
