package dev.starling.worker.gang;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is recorded of each layer with weights, added up over the steps of an epoch. Without a request it holds no layers and costs nothing. */
final class LayerSums {
    private static final int CHUNK = 4096;

    private final Set<Recorded> wanted;
    private final List<ParameterBlock> blocks;
    private final List<String> layers;
    private final double[] norms;
    /** Per layer, its units that had a gradient. */
    private final List<BitSet> trained = new ArrayList<>();

    private final float[] chunk;
    private long steps;

    /** @param blocks of the network's parameters */
    LayerSums(Collection<Recorded> wanted, List<ParameterBlock> blocks) {
        this.wanted = Set.copyOf(wanted);
        this.blocks = wanted.isEmpty()
                ? List.of()
                : blocks.stream().filter(ParameterBlock::trainable).toList();
        this.layers = this.blocks.stream().map(ParameterBlock::layer).distinct().toList();
        this.norms = new double[layers.size()];
        layers.forEach(layer -> trained.add(new BitSet()));
        this.chunk = new float[layers.isEmpty() ? 0 : CHUNK];
    }

    /** Sums over no step, of the same layers. */
    LayerSums zero() {
        return new LayerSums(wanted, blocks);
    }

    void clear() {
        steps = 0;
        Arrays.fill(norms, 0);
        trained.forEach(BitSet::clear);
    }

    /** Adds a step. */
    void add(FlatVector gradient) {
        if (blocks.isEmpty()) {
            return;
        }
        double[] squares = new double[norms.length];
        for (ParameterBlock block : blocks) {
            int layer = layers.indexOf(block.layer());
            squares[layer] += add(gradient, block, trained.get(layer));
        }
        for (int i = 0; i < norms.length; i++) {
            norms[i] += Math.sqrt(squares[i]);
        }
        steps++;
    }

    /** A kernel lies unit by unit, in dense layers as in convolutions. */
    private double add(FlatVector gradient, ParameterBlock block, BitSet units) {
        boolean kernel = block.kind() == Kind.KERNEL;
        double sum = 0;
        for (int at = 0; at < block.length(); at += CHUNK) {
            int count = Math.min(CHUNK, block.length() - at);
            gradient.get(block.offset() + at, chunk, 0, count);
            for (int i = 0; i < count; i++) {
                sum += (double) chunk[i] * chunk[i];
                if (kernel && chunk[i] != 0) {
                    units.set((at + i) / block.fanIn());
                }
            }
        }
        return sum;
    }

    /** Adds another replica's. */
    void add(LayerSums other) {
        steps += other.steps;
        for (int i = 0; i < norms.length; i++) {
            norms[i] += other.norms[i];
            trained.get(i).or(other.trained.get(i));
        }
    }

    /** By the names of {@link Recorded#of}. */
    Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < norms.length; i++) {
            String layer = layers.get(i);
            if (wanted.contains(Recorded.GRADIENT_NORMS)) {
                values.put(Recorded.GRADIENT_NORMS.of(layer), steps == 0 ? 0 : norms[i] / steps);
            }
            int fired = trained.get(i).cardinality();
            if (wanted.contains(Recorded.DEAD_UNITS)) {
                units(layer).ifPresent(units -> values.put(Recorded.DEAD_UNITS.of(layer), 1 - (double) fired / units));
            }
        }
        return values;
    }

    /** Of layers with a kernel alone. */
    private Optional<Integer> units(String layer) {
        return blocks.stream()
                .filter(block -> block.layer().equals(layer) && block.kind() == Kind.KERNEL)
                .map(block -> block.length() / block.fanIn())
                .findFirst();
    }

    /** Nothing where nothing is recorded. */
    void write(DataOutputStream out) throws IOException {
        if (blocks.isEmpty()) {
            return;
        }
        out.writeLong(steps);
        for (int i = 0; i < norms.length; i++) {
            out.writeDouble(norms[i]);
            byte[] bits = trained.get(i).toByteArray();
            out.writeInt(bits.length);
            out.write(bits);
        }
    }

    /** What {@link #write} wrote of the same layers. */
    void read(DataInputStream in) throws IOException {
        if (blocks.isEmpty()) {
            return;
        }
        steps = in.readLong();
        for (int i = 0; i < norms.length; i++) {
            norms[i] = in.readDouble();
            trained.set(i, BitSet.valueOf(in.readNBytes(in.readInt())));
        }
    }
}
