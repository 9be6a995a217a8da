package dev.starling.driver.checkpoint;

import dev.starling.driver.checkpoint.StateReader.Sink;
import dev.starling.driver.files.StoreFiles;
import dev.starling.worker.exchange.StateVector;
import dev.starling.worker.gang.Checkpoints.Saved;
import dev.starling.worker.gang.Checkpoints.Snapshot;
import dev.starling.worker.gang.Position;
import dev.starling.worker.memory.FlatVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The state of a replica that is alone in its gang, as one file in the form of a checkpoint's: what a paused trial leaves behind. Complete when it appears. */
public final class LoneState {
    private LoneState() {}

    public static void write(StoreFiles folder, String name, Snapshot snapshot) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(head)) {
            out.writeInt(snapshot.position().epoch());
            out.writeInt(snapshot.position().round());
            out.writeInt(snapshot.common().length);
            out.write(snapshot.common());
            out.write(snapshot.own());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode a state in memory", e);
        }
        folder.write(name, out -> StateFile.write(out, head.toByteArray(), snapshot.vectors()));
    }

    /** @throws DamagedCheckpoint if it is not what was written, as far as its head goes; {@link Saved#restore} tells of the rest */
    public static Saved read(StoreFiles folder, String name) {
        String place = folder.location() + "/" + name;
        byte[] head;
        try (StateReader reader = new StateReader(folder.open(name), place)) {
            head = reader.head();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(head))) {
            Position position = new Position(in.readInt(), in.readInt());
            byte[] common = in.readNBytes(in.readInt());
            return new Lone(folder, name, position, common, in.readAllBytes());
        } catch (IOException e) {
            throw new DamagedCheckpoint("Cannot read " + place + ": its head is damaged", e);
        }
    }

    private record Lone(StoreFiles folder, String name, Position position, byte[] common, byte[] mine)
            implements Saved {
        @Override
        public List<byte[]> own() {
            return List.of(mine);
        }

        @Override
        public void restore(List<StateVector> vectors) {
            Map<String, Into> wanted = new HashMap<>();
            vectors.forEach(vector -> wanted.put(vector.name(), new Into(vector.vector())));
            try (StateReader reader = new StateReader(folder.open(name), folder.location() + "/" + name)) {
                reader.arrays(wanted);
            }
        }
    }

    private record Into(FlatVector vector) implements Sink {
        @Override
        public int length() {
            return vector.length();
        }

        @Override
        public void take(int offset, float[] floats, int count) {
            vector.set(offset, floats, 0, count);
        }
    }
}
