package dev.starling.worker.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batches of exactly so many examples out of frames, in their order; the last may be smaller. Examples of different shapes (series of different lengths, with and without mask) are padded and masked
 * as {@code MultiDataSet.merge} does. Each batch has memory of its own, which is the caller's to close.
 */
public final class Batches implements Iterator<MultiDataSet> {
    private final Iterator<byte[]> frames;
    private final int batchSize;
    private Optional<ExampleFrame> frame = Optional.empty();
    private int at;

    /** Consecutive examples of one frame. */
    private record Run(ExampleFrame frame, int from, int examples) {}

    /** @param batchSize ≥ 1 */
    public Batches(Iterator<byte[]> frames, int batchSize) {
        this.frames = frames;
        this.batchSize = batchSize;
    }

    @Override
    public boolean hasNext() {
        while (frame.isEmpty() || at == frame.get().rows()) {
            if (!frames.hasNext()) {
                return false;
            }
            frame = Optional.of(ExampleFrame.of(frames.next()));
            at = 0;
        }
        return true;
    }

    @Override
    public MultiDataSet next() {
        if (!hasNext()) {
            throw new NoSuchElementException("Cannot give another batch: all examples are used up");
        }
        List<List<Run>> alike = new ArrayList<>();
        int missing = batchSize;
        while (missing > 0 && hasNext()) {
            ExampleFrame current = frame.orElseThrow();
            Run run = new Run(current, at, Math.min(missing, current.rows() - at));
            if (alike.isEmpty() || !shape(alike.get(alike.size() - 1)).equals(current.shape())) {
                alike.add(new ArrayList<>());
            }
            alike.get(alike.size() - 1).add(run);
            at += run.examples();
            missing -= run.examples();
        }
        return merge(alike.stream().map(Batches::assemble).toList());
    }

    private static ExampleShape shape(List<Run> runs) {
        return runs.get(0).frame().shape();
    }

    private static MultiDataSet merge(List<MultiDataSet> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        MultiDataSet merged = MultiDataSet.merge(parts);
        parts.forEach(Batches::close);
        return merged;
    }

    /** Of examples of one shape. */
    private static MultiDataSet assemble(List<Run> runs) {
        ExampleShape shape = shape(runs);
        int examples = runs.stream().mapToInt(Run::examples).sum();
        INDArray[] arrays = new INDArray[shape.slots().size()];
        for (int slot = 0; slot < arrays.length; slot++) {
            if (shape.slots().get(slot).isPresent()) {
                arrays[slot] = array(runs, slot, shape.slots().get(slot).get(), examples);
            }
        }
        int masks = shape.features() + shape.labels();
        return new MultiDataSet(
                Arrays.copyOfRange(arrays, 0, shape.features()),
                Arrays.copyOfRange(arrays, shape.features(), masks),
                masks(arrays, masks, masks + shape.features()),
                masks(arrays, masks + shape.features(), arrays.length));
    }

    private static INDArray array(List<Run> runs, int slot, ExampleShape.Slot of, int examples) {
        INDArray array = Nd4j.createUninitialized(of.type(), of.shapeOf(examples), 'c');
        BytePointer to = new BytePointer(array.data().addressPointer());
        to.capacity(array.length() * of.type().width());
        long position = 0;
        for (Run run : runs) {
            run.frame().copy(slot, run.from(), run.examples(), to.position(position));
            position += (long) run.examples() * of.bytes();
        }
        return array;
    }

    /** DL4J takes no masks at all for null, and no array of nulls. */
    private static INDArray[] masks(INDArray[] arrays, int from, int to) {
        INDArray[] masks = Arrays.copyOfRange(arrays, from, to);
        return Arrays.stream(masks).allMatch(mask -> mask == null) ? null : masks;
    }

    /** Frees a batch's memory now, not when a collection of the small heap finds it. */
    static void close(MultiDataSet batch) {
        Stream.of(batch.getFeatures(), batch.getLabels(), batch.getFeaturesMaskArrays(), batch.getLabelsMaskArrays())
                .filter(arrays -> arrays != null)
                .flatMap(Arrays::stream)
                .filter(array -> array != null && array.closeable())
                .forEach(INDArray::close);
    }
}
