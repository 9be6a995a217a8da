package dev.starling.worker.gang;

import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.exchange.StateVector;
import dev.starling.worker.gang.Checkpoints.Saved;
import dev.starling.worker.gang.Checkpoints.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * All that makes a replica go on to the bit: the vectors of learner and exchange, the learner's count of steps, the sums of the epoch under way, and the course so far. (What is
 * random is derived from seed, epoch, step and rank, and so needs no place here.)
 */
record ReplicaState(Learner learner, Exchange exchange, EpochSums sums, Course course) {
    /** @param position after an averaging, or after an epoch; its vectors are the living ones */
    Snapshot snapshot(Position position) {
        return new Snapshot(
                position,
                bytes(out -> {
                    sums.writeCommon(out);
                    course.write(out);
                }),
                bytes(out -> {
                    out.writeLong(learner.steps());
                    sums.writeOwn(out);
                }),
                vectors());
    }

    /**
     * Takes over what was kept. From another number of replicas' state, at an epoch's boundary, when nothing is added up yet: the mean of what was each one's own, of the
     * counts of steps too.
     *
     * @return where to go on
     */
    Position restore(Saved saved) {
        read(saved.common(), in -> {
            sums.readCommon(in);
            course.read(in);
        });
        long[] steps = {0};
        for (byte[] own : saved.own()) {
            read(own, in -> {
                steps[0] += in.readLong();
                sums.readOwn(in);
            });
        }
        saved.restore(vectors());
        learner.resume(Math.round((double) steps[0] / saved.own().size()));
        return saved.position();
    }

    private List<StateVector> vectors() {
        List<StateVector> vectors = new ArrayList<>(learner.state());
        vectors.addAll(exchange.state());
        course.best().ifPresent(best -> vectors.add(new StateVector("best", best, true)));
        return vectors;
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode a replica's state in memory", e);
        }
        return bytes.toByteArray();
    }

    private interface Reading {
        void from(DataInputStream in) throws IOException;
    }

    private static void read(byte[] bytes, Reading reading) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            reading.from(in);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot decode " + bytes.length + " bytes of a replica's state (expected this version's)", e);
        }
    }
}
