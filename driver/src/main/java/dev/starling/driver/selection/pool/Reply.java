package dev.starling.driver.selection.pool;

import dev.starling.driver.selection.pool.UnitSource.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** What the driver answers. */
final class Reply {
    private static final byte DONE = 0;
    private static final byte WAIT = 1;
    private static final byte RUN = 2;

    private Reply() {}

    static ByteBuffer of(boolean goOn) {
        return ByteBuffer.wrap(new byte[] {(byte) (goOn ? 1 : 0)});
    }

    static boolean goOn(ByteBuffer bytes) {
        return bytes.get() == 1;
    }

    static ByteBuffer of(Answer answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (answer instanceof Answer.Run run) {
                bytes.write(RUN);
                try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                    out.writeObject(run.unit());
                }
            } else {
                bytes.write(answer instanceof Answer.Wait ? WAIT : DONE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode an answer in memory", e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    static Answer answer(ByteBuffer bytes) {
        byte kind = bytes.get();
        if (kind != RUN) {
            return kind == WAIT ? new Answer.Wait() : new Answer.Done();
        }
        byte[] unit = new byte[bytes.remaining()];
        bytes.get(unit);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(unit))) {
            return new Answer.Run((Unit) in.readObject());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot decode a unit of " + unit.length + " bytes", e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Cannot decode a unit: no class " + e.getMessage(), e);
        }
    }

    static ByteBuffer of(RowChoice rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            ResultCodec.write(out, rows);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode rows in memory", e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    static RowChoice rows(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return ResultCodec.readRows(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot decode rows of " + bytes.length + " bytes", e);
        }
    }
}
