package dev.starling.driver.training;

import dev.starling.driver.training.ProgressListener.RoundProgress;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.ReportCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** What rank 0 tells the driver; the answer is one byte, 1 to ask for a stop. */
sealed interface ProgressMessage {
    record Round(RoundProgress progress) implements ProgressMessage {}

    record Epoch(EpochReport report) implements ProgressMessage {}

    default ByteBuffer toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (this instanceof Round round) {
                RoundProgress p = round.progress;
                out.writeBoolean(true);
                out.writeInt(p.epoch());
                out.writeInt(p.epochs());
                out.writeInt(p.round());
                out.writeInt(p.rounds());
                out.writeLong(p.examples());
                out.writeLong(p.examplesPerEpoch());
                out.writeDouble(p.loss());
                out.writeDouble(p.examplesPerSecond());
            } else if (this instanceof Epoch epoch) {
                out.writeBoolean(false);
                ReportCodec.write(out, epoch.report);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode progress in memory", e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    static ProgressMessage fromBytes(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (!in.readBoolean()) {
                return new Epoch(ReportCodec.read(in));
            }
            return new Round(new RoundProgress(
                    in.readInt(),
                    in.readInt(),
                    in.readInt(),
                    in.readInt(),
                    in.readLong(),
                    in.readLong(),
                    in.readDouble(),
                    in.readDouble()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot decode progress of " + bytes.length + " bytes", e);
        }
    }
}
