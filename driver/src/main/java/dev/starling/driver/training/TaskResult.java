package dev.starling.driver.training;

import dev.starling.driver.transport.ArrayCodec;
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
import java.util.List;
import java.util.Map;

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
                ArrayCodec.write(out, failed.message);
                ArrayCodec.write(out, failed.trace);
            } else if (this instanceof Peer peer) {
                out.writeByte(0);
                ArrayCodec.write(out, peer.device);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode a replica's result in memory", e);
        }
        return bytes.toByteArray();
    }

    static TaskResult fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return switch (in.readByte()) {
                case 0 -> new Peer(ArrayCodec.readText(in));
                case 1 -> readTrained(in);
                default ->
                    new Failed(
                            Kind.valueOf(in.readUTF()),
                            in.readBoolean(),
                            ArrayCodec.readText(in),
                            ArrayCodec.readText(in));
            };
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot decode a replica's result of " + bytes.length + " bytes", e);
        }
    }

    private static void write(DataOutput out, Trained trained) throws IOException {
        ReportCodec.write(out, trained.outcome.history());
        out.writeUTF(trained.outcome.ending().name());
        ArrayCodec.write(out, trained.parameters);
        ArrayCodec.write(out, trained.optimizerState);
        ArrayCodec.write(out, trained.facts);
        ArrayCodec.write(out, trained.device);
    }

    private static Trained readTrained(DataInput in) throws IOException {
        List<EpochReport> history = ReportCodec.readHistory(in);
        Ending ending = Ending.valueOf(in.readUTF());
        float[] parameters = ArrayCodec.readFloats(in);
        float[] state = ArrayCodec.readFloats(in);
        Map<String, String> facts = ArrayCodec.readTexts(in);
        return new Trained(new Outcome(history, ending), parameters, state, facts, ArrayCodec.readText(in));
    }
}
