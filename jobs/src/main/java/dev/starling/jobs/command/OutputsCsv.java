package dev.starling.jobs.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Outputs as text: a line a row, values with commas between, to the last bit. */
final class OutputsCsv {
    private OutputsCsv() {}

    /** @param outputs rows × width */
    static byte[] write(float[] outputs, int width) {
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < outputs.length; i++) {
            csv.append(outputs[i]).append((i + 1) % width == 0 ? '\n' : ',');
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Rows × width. */
    static float[] read(String csv) {
        List<Float> values = csv.lines()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(Float::valueOf)
                .toList();
        float[] outputs = new float[values.size()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = values.get(i);
        }
        return outputs;
    }
}
