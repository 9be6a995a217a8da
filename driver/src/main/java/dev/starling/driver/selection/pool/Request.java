package dev.starling.driver.selection.pool;

import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.ReportCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** What a slot says to the driver. */
sealed interface Request {
    /**
     * The first on a connection.
     *
     * @param executor for messages
     */
    record Hello(int slot, String executor) implements Request {}

    /** Asks for a unit; answered as {@link Finished} and {@link Failed} are, which ask for the next one. */
    record Next() implements Request {}

    record Finished(UnitResult result) implements Request {}

    record Failed(UnitFailure failure) implements Request {}

    /** Asks whether the unit goes on. */
    record Epoch(EpochReport report) implements Request {}

    /** Asks for the rows behind a number. */
    record Rows(int number) implements Request {}

    default ByteBuffer toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (this instanceof Hello hello) {
                out.writeByte(0);
                out.writeInt(hello.slot);
                out.writeUTF(hello.executor);
            } else if (this instanceof Finished finished) {
                out.writeByte(2);
                ResultCodec.write(out, finished.result);
            } else if (this instanceof Failed failed) {
                out.writeByte(3);
                ResultCodec.write(out, failed.failure);
            } else if (this instanceof Epoch epoch) {
                out.writeByte(4);
                ReportCodec.write(out, epoch.report);
            } else if (this instanceof Rows rows) {
                out.writeByte(5);
                out.writeInt(rows.number);
            } else {
                out.writeByte(1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode a request in memory", e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    static Request fromBytes(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return switch (in.readByte()) {
                case 0 -> new Hello(in.readInt(), in.readUTF());
                case 2 -> new Finished(ResultCodec.readResult(in));
                case 3 -> new Failed(ResultCodec.readFailure(in));
                case 4 -> new Epoch(ReportCodec.read(in));
                case 5 -> new Rows(in.readInt());
                default -> new Next();
            };
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot decode a request of " + bytes.length + " bytes", e);
        }
    }
}
