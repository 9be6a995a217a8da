package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On AVX2 oneDNN has only a slow reference implementation for the weights' gradient of a convolution over one channel in plain order: the plan gives that one the order that it likes. And
 * its channel blocks are eight wide, whether or not the JVM's vectors are.
 */
class InstructionSetTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onAvx2ThePlanHasNoReferenceImplementationAndIsRight(boolean limitTheJvmToo) throws Exception {
        List<String> lines = run(limitTheJvmToo);

        assertThat(lines)
                .filteredOn(line -> line.startsWith("description "))
                .singleElement()
                .asString()
                .contains("avx2")
                .doesNotContain("avx512", "ref");
        String distance = lines.stream()
                .filter(line -> line.startsWith("distance "))
                .findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(distance.substring("distance ".length()))).isLessThan(1e-4);
    }

    private static List<String> run(boolean limitTheJvmToo) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-javaagent"))
                .forEach(command::add);
        if (limitTheJvmToo) {
            command.add("-XX:UseAVX=2");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OnAvx2.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        // DL4J's own, older oneDNN reads the older name.
        builder.environment().put("ONEDNN_MAX_CPU_ISA", "AVX2");
        builder.environment().put("DNNL_MAX_CPU_ISA", "AVX2");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.lines().toList();
    }
}
