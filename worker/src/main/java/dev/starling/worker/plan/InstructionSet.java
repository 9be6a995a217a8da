package dev.starling.worker.plan;

import org.bytedeco.dnnl.global.dnnl;

/** What of a processor changes bits: the instruction set that oneDNN uses, which {@code ONEDNN_MAX_CPU_ISA} may lower. */
public final class InstructionSet {
    private InstructionSet() {}

    /** oneDNN's name of it; {@code unknown} where oneDNN is not to be had. */
    public static String name() {
        return OneDnn.isAvailable() ? name(dnnl.dnnl_get_effective_cpu_isa()) : "unknown";
    }

    private static String name(int code) {
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
