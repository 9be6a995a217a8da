package dev.starling.driver.ensemble;

import dev.starling.driver.cluster.TaskDevice;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.RawBlock;
import dev.starling.worker.data.RowEncoder;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/** The members of an ensemble at work in one task. One thread uses it; what begins it closes it. */
public final class Committee implements AutoCloseable {
    /** Rows at a time, as in an evaluation. */
    private static final int BATCH = 64;

    private final Preparation common;
    private final int width;
    private final List<Seat> seats = new ArrayList<>();
    private RawBlock turnedTo;

    /**
     * What a task needs to call a committee.
     *
     * @param common of {@link EnsembleModel#preparation}
     * @param width values that it says of a row
     */
    public record Call(
            Broadcast<float[]> parameters, List<Member> members, Preparation common, int width, StepChoice choice)
            implements Serializable {
        public Call {
            members = List.copyOf(members);
        }

        /** @return to be closed */
        public Committee gather() {
            TaskDevice.attach();
            Committee committee = new Committee(common, width);
            try {
                int at = 0;
                for (Member member : members) {
                    at += committee.add(member, parameters.value(), at, choice);
                }
                return committee;
            } catch (RuntimeException e) {
                committee.close();
                throw e;
            }
        }
    }

    private static final class Seat {
        private final Preparation preparation;
        private final Target target;
        private final Step step;
        private final float[] features;
        private final float[] outputs;
        private RowEncoder encoder;

        private Seat(Preparation preparation, Step step) {
            this.preparation = preparation.withTarget(new Target.Input());
            this.target = preparation.target();
            this.step = step;
            this.features = new float[BATCH * preparation.featureSize()];
            this.outputs = new float[step.outputs().length()];
        }

        private void infer(int[] rows, int from, int count) {
            int size = preparation.featureSize();
            for (int i = 0; i < count; i++) {
                encoder.encode(rows[from + i], features, i * size);
            }
            step.features().set(0, features, 0, count * size);
            step.infer(count);
            step.outputs().get(0, outputs, 0, count * (outputs.length / BATCH));
        }

        /** Of the batch, in the target's own unit. */
        private float value(int at) {
            if (target instanceof Target.Values values) {
                int column = at % values.names().size();
                double divisor = values.divisors().get(column);
                return (float) (outputs[at] * divisor + values.offsets().get(column));
            }
            return outputs[at];
        }
    }

    private Committee(Preparation common, int width) {
        this.common = common;
        this.width = width;
    }

    private int add(Member member, float[] all, int at, StepChoice choice) {
        int length = NetworkLayout.of(member.network()).total();
        Step step = StepFactory.create(member.network(), BATCH, choice);
        seats.add(new Seat(member.preparation(), step));
        step.parameters().set(0, all, at, length);
        return length;
    }

    /** The rows that follow are of this block. */
    public void turnTo(RawBlock block) {
        turnedTo = block;
        seats.forEach(seat -> seat.encoder = seat.preparation.encoder(block));
    }

    /**
     * What it says of rows: means over members.
     *
     * @param rows of the block that it turned to last
     * @return rows × width
     */
    public float[] means(int[] rows) {
        float[] means = new float[Math.multiplyExact(rows.length, width)];
        double[] sums = new double[BATCH * width];
        for (int from = 0; from < rows.length; from += BATCH) {
            int count = Math.min(BATCH, rows.length - from);
            Arrays.fill(sums, 0);
            for (Seat seat : seats) {
                seat.infer(rows, from, count);
                for (int i = 0; i < count * width; i++) {
                    sums[i] += seat.value(i);
                }
            }
            for (int i = 0; i < count * width; i++) {
                means[from * width + i] = (float) (sums[i] / seats.size());
            }
        }
        return means;
    }

    /**
     * What the data ask for, as the means are compared with it: numbers in their own unit, classes one-hot, or of two by one output 1 for the second.
     *
     * @param rows of the block that it turned to last
     * @return rows × width
     */
    float[] asked(int[] rows) {
        RowEncoder encoder = common.encoder(turnedTo);
        float[] row = new float[common.width()];
        int at = common.featureSize();
        boolean oneHot = common.target() instanceof Target.Classes && width > 1;
        float[] asked = new float[Math.multiplyExact(rows.length, width)];
        for (int i = 0; i < rows.length; i++) {
            encoder.encode(rows[i], row, 0);
            if (oneHot) {
                asked[i * width + (int) row[at]] = 1;
            } else {
                System.arraycopy(row, at, asked, i * width, width);
            }
        }
        return asked;
    }

    @Override
    public void close() {
        seats.forEach(seat -> seat.step.close());
    }
}
