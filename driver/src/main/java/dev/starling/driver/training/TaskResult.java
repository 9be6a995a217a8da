package dev.starling.driver.training;

import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.Outcome;
import dev.starling.worker.gang.Outcome.Ending;
import dev.starling.worker.gang.ReportCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the task of one replica gives back to the driver; bytes on the way, so that no serializer needs to know it. */
sealed interface TaskResult {
    /**
     * The replica finished; all replicas of a gang end alike, and rank 0 tells for all.
     *
     * @param device on which it trained
     */
    record Peer(String device) implements TaskResult {}

    /**
     * Rank 0's.
     *
     * @param facts about the machine, by name
     * @param device on which it trained
     */
    record Trained(
            Outcome outcome, float[] parameters, float[] optimizerState, Map<String, String> facts, String device)
            implements TaskResult {}

    /**
     * The replica failed.
     *
     * @param kind what can be done about it
     * @param ofPeer whether it only ended because another replica failed
     * @param message stands alone
     * @param trace of the exception, for those who ask
     */
    record Failed(Kind kind, boolean ofPeer, String message, String trace) implements TaskResult {}

    /** What can be done about a failure. */
    enum Kind {
        /** What the user gave is the cause. */
        INVALID_INPUT,
        /** Another attempt would come to the same. */
        FOR_GOOD,
        /** An earlier checkpoint may serve. */
        DAMAGED_CHECKPOINT,
        /** Another attempt may succeed. */
        PASSING
    }

    default byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (this instanceof Trained trained) {
                out.writeByte(1);
                write(out, trained);
            } else if (this instanceof Failed failed) {
                out.writeByte(2);
                out.writeUTF(failed.kind.name());
                out.writeBoolean(failed.ofPeer);
                writeText(out, failed.message);
                writeText(out, failed.trace);
            } else if (this instanceof Peer peer) {
                out.writeByte(0);
                writeText(out, peer.device);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode a replica's result in memory", e);
        }
        return bytes.toByteArray();
    }

    static TaskResult fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return switch (in.readByte()) {
                case 0 -> new Peer(readText(in));
                case 1 -> readTrained(in);
                default -> new Failed(Kind.valueOf(in.readUTF()), in.readBoolean(), readText(in), readText(in));
            };
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot decode a replica's result of " + bytes.length + " bytes", e);
        }
    }

    private static void write(DataOutput out, Trained trained) throws IOException {
        out.writeInt(trained.outcome.history().size());
        for (EpochReport report : trained.outcome.history()) {
            ReportCodec.write(out, report);
        }
        out.writeUTF(trained.outcome.ending().name());
        writeFloats(out, trained.parameters);
        writeFloats(out, trained.optimizerState);
        out.writeInt(trained.facts.size());
        for (Map.Entry<String, String> fact : trained.facts.entrySet()) {
            out.writeUTF(fact.getKey());
            writeText(out, fact.getValue());
        }
        writeText(out, trained.device);
    }

    private static Trained readTrained(DataInput in) throws IOException {
        List<EpochReport> history = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            history.add(ReportCodec.read(in));
        }
        Ending ending = Ending.valueOf(in.readUTF());
        float[] parameters = readFloats(in);
        float[] state = readFloats(in);
        Map<String, String> facts = new TreeMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            facts.put(in.readUTF(), readText(in));
        }
        return new Trained(new Outcome(history, ending), parameters, state, facts, readText(in));
    }

    private static void writeText(DataOutput out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void writeFloats(DataOutput out, float[] values) throws IOException {
        out.writeInt(values.length);
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4, values.length));
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
    }

    private static float[] readFloats(DataInput in) throws IOException {
        float[] values = new float[in.readInt()];
        byte[] bytes = new byte[Math.multiplyExact(4, values.length)];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }
}
