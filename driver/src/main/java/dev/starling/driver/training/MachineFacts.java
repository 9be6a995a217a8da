package dev.starling.driver.training;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.plan.InstructionSet;
import dev.starling.worker.step.NativeThreads;
import java.util.Map;
import java.util.TreeMap;

/** What of a machine changes the bits of training: threads inside native operations, and the instruction set. */
public final class MachineFacts {
    private MachineFacts() {}

    /**
     * Of the calling thread's process.
     *
     * @throws InvalidInput unless native operations run on one thread, as one replica per core wants it
     */
    public static Map<String, String> checked(String step) {
        int threads = NativeThreads.count();
        if (threads != 1) {
            throw new InvalidInput("Cannot train with " + threads + " threads inside native operations: they change the"
                    + " results and slow replicas down (expected OMP_NUM_THREADS=1 in the environment of the driver,"
                    + " and spark.executorEnv.OMP_NUM_THREADS=1 on a cluster)");
        }
        Map<String, String> facts = new TreeMap<>();
        facts.put("threads", "1");
        facts.put("isa", InstructionSet.name());
        facts.put("step", step);
        return facts;
    }
}
