package dev.starling.driver.training;

import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.Outcome.Ending;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What training came to.
 *
 * @param parameters in DL4J's order, running statistics too: the last, or the best epoch's where early stopping restores it; the caller's to keep
 * @param optimizerState after the last step, rank 0's; stateVectors × parameters floats
 * @param history one report per epoch
 * @param facts about threads, instruction set and step, by name, for provenance
 * @param devices on which the replicas trained, by rank
 */
public record TrainedModel(
        float[] parameters,
        float[] optimizerState,
        List<EpochReport> history,
        Ending ending,
        Map<String, String> facts,
        List<String> devices) {
    public TrainedModel {
        devices = List.copyOf(devices);
        history = List.copyOf(history);
        facts = Map.copyOf(facts);
    }

    /** Over all epochs, from each one's first step to its last averaging. */
    public double trainingSeconds() {
        return history.stream().mapToDouble(EpochReport::trainingSeconds).sum();
    }

    /** Of {@link #trainingSeconds}, waiting included; mean over replicas. */
    public double averagingSeconds() {
        return history.stream().mapToDouble(EpochReport::averagingSeconds).sum();
    }

    /** Of {@link #averagingSeconds}, in waiting for peers. */
    public double waitingSeconds() {
        return history.stream().mapToDouble(EpochReport::waitingSeconds).sum();
    }

    /** Median of the epochs' rates over the whole gang; 0 without epochs. */
    public double examplesPerSecond() {
        return EpochReport.medianExamplesPerSecond(history);
    }

    /** SHA-256 of the parameters as little-endian floats, in hexadecimal digits. */
    public String parametersSha256() {
        return sha256(parameters);
    }

    /** The same of rank 0's optimiser state: the gang's where it is averaged or reset; where each replica keeps its own, the others' show in the parameters alone. */
    public String optimizerStateSha256() {
        return sha256(optimizerState);
    }

    private static String sha256(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot make a digest: this Java has no SHA-256", e);
        }
    }
}
