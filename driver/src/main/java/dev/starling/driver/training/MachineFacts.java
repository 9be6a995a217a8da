package dev.starling.driver.training;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.step.NativeThreads;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.dnnl.global.dnnl;

/** What of a machine changes the bits of training: threads inside native operations, and the instruction set. */
final class MachineFacts {
    private MachineFacts() {}

    /**
     * Of the calling thread's process.
     *
     * @throws InvalidInput unless native operations run on one thread, as one replica per core wants it
     */
    static Map<String, String> checked(String step) {
        int threads = NativeThreads.count();
        if (threads != 1) {
            throw new InvalidInput("Cannot train with " + threads + " threads inside native operations: they change the"
                    + " results and slow replicas down (expected OMP_NUM_THREADS=1 in the environment of the driver,"
                    + " and spark.executorEnv.OMP_NUM_THREADS=1 on a cluster)");
        }
        Map<String, String> facts = new TreeMap<>();
        facts.put("threads", "1");
        facts.put("isa", isa(dnnl.dnnl_get_effective_cpu_isa()));
        facts.put("step", step);
        return facts;
    }

    /** oneDNN's name of the instruction set that it uses. */
    private static String isa(int code) {
        return switch (code) {
            case dnnl.dnnl_cpu_isa_sse41 -> "sse41";
            case dnnl.dnnl_cpu_isa_avx -> "avx";
            case dnnl.dnnl_cpu_isa_avx2 -> "avx2";
            case dnnl.dnnl_cpu_isa_avx2_vnni -> "avx2_vnni";
            case dnnl.dnnl_cpu_isa_avx512_core -> "avx512_core";
            case dnnl.dnnl_cpu_isa_avx512_core_vnni -> "avx512_core_vnni";
            case dnnl.dnnl_cpu_isa_avx512_core_bf16 -> "avx512_core_bf16";
            case dnnl.dnnl_cpu_isa_avx512_core_amx -> "avx512_core_amx";
            default -> "oneDNN " + code;
        };
    }
}
