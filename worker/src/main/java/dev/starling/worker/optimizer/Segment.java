package dev.starling.worker.optimizer;

import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Penalty;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of the flat vectors in which all values are treated alike: neighbouring blocks with the same penalty and weight decay are one.
 *
 * @param offset first value
 * @param length values
 * @param decays whether weight decay acts on it
 */
public record Segment(int offset, int length, Penalty penalty, boolean decays) {

    /**
     * @param apart whether each block stays a segment of its own (their norms are clipped one by one)
     * @param weightDecay whether kernels are to be told from the rest
     */
    static List<Segment> of(List<ParameterBlock> blocks, boolean apart, boolean weightDecay) {
        List<Segment> segments = new ArrayList<>();
        for (ParameterBlock block : blocks) {
            if (!block.trainable()) {
                continue;
            }
            boolean decays = weightDecay && block.kind() == ParameterBlock.Kind.KERNEL;
            Segment next = new Segment(block.offset(), block.length(), block.penalty(), decays);
            int last = segments.size() - 1;
            if (!apart && last >= 0 && segments.get(last).continuesIn(next)) {
                segments.set(last, segments.get(last).with(next));
            } else {
                segments.add(next);
            }
        }
        return List.copyOf(segments);
    }

    private boolean continuesIn(Segment next) {
        return offset + length == next.offset && penalty.equals(next.penalty) && decays == next.decays;
    }

    private Segment with(Segment next) {
        return new Segment(offset, length + next.length, penalty, decays);
    }
}
