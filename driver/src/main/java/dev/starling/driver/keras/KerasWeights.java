package dev.starling.driver.keras;

import dev.starling.worker.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arrays of a Keras file by layer. Layers with weights are to be asked for in the order of the file. */
sealed interface KerasWeights extends AutoCloseable {
    /**
     * Begins with the next layer that has weights.
     *
     * @param arrays how many it is to have
     * @throws InvalidInput if the file has others
     */
    Arrays next(KerasLayer layer, int arrays);

    /** @throws InvalidInput if the file holds weights of more layers */
    void requireEnd();

    /** Whether kernels are turned by 180 degrees. */
    boolean turned();

    @Override
    void close();

    /**
     * Where a layer's arrays lie.
     *
     * @param paths in Keras's order: kernel, bias; gamma, beta, mean, variance
     */
    record Arrays(Hdf5 file, List<String> paths, String layer) {
        KerasArray read(int index, List<Integer> shape) {
            return file.array(paths.get(index), shape, layer);
        }

        List<Integer> shape(int index) {
            return file.shape(paths.get(index));
        }
    }

    /** Keras 1 and 2, and whole models in {@code .h5} of all: layers in their order, by lists of names, of which Keras itself heeds the order alone. */
    final class InOrder implements KerasWeights {
        private final Hdf5 file;
        private final String place;
        private final List<List<String>> layers;
        private final boolean turned;
        private int at;

        private InOrder(Hdf5 file, String place, List<List<String>> layers, boolean turned) {
            this.file = file;
            this.place = place;
            this.layers = layers;
            this.turned = turned;
        }

        static InOrder of(Hdf5 file, String group, String place) {
            List<List<String>> layers = new ArrayList<>();
            for (String name : file.texts(group, "layer_names")) {
                String layer = group + "/" + name;
                List<String> paths = file.texts(layer, "weight_names").stream()
                        .map(weight -> layer + "/" + weight)
                        .toList();
                if (!paths.isEmpty()) {
                    layers.add(paths);
                }
            }
            Optional<String> backend = file.text(group, "backend").or(() -> file.text("", "backend"));
            return new InOrder(
                    file, place, layers, backend.filter("theano"::equals).isPresent());
        }

        @Override
        public Arrays next(KerasLayer layer, int arrays) {
            if (at == layers.size()) {
                throw new InvalidInput("Cannot import " + layer.place() + ": " + place + " holds weights of " + at
                        + " layers (expected more: this one's, too)");
            }
            List<String> paths = layers.get(at++);
            if (paths.size() != arrays) {
                throw new InvalidInput("Cannot import " + layer.place() + ": " + paths.size() + " arrays in " + place
                        + ", beginning with " + paths.get(0) + " (expected " + arrays + ")");
            }
            return new Arrays(file, paths, layer.place());
        }

        @Override
        public void requireEnd() {
            if (at < layers.size()) {
                throw new InvalidInput("Cannot read " + place + ": weights of " + layers.size() + " layers (expected "
                        + at + ", as many as the architecture has)");
            }
        }

        @Override
        public boolean turned() {
            return turned;
        }

        @Override
        public void close() {
            file.close();
        }
    }

    /** Keras 3, and 2 from 2.12 on: a group for each layer by its class and number. */
    record BySlot(Hdf5 file, String place) implements KerasWeights {
        private static final List<String> ROOTS = List.of("layers", "_layer_checkpoint_dependencies");

        @Override
        public Arrays next(KerasLayer layer, int arrays) {
            for (String root : ROOTS) {
                String group = root + "/" + layer.slot() + "/vars";
                int found = file.count(group);
                if (found == arrays) {
                    List<String> paths = new ArrayList<>();
                    for (int i = 0; i < arrays; i++) {
                        paths.add(group + "/" + i);
                    }
                    return new Arrays(file, paths, layer.place());
                }
                if (found > 0) {
                    throw new InvalidInput("Cannot import " + layer.place() + ": " + found + " arrays in " + group
                            + " (expected " + arrays + ")");
                }
            }
            throw new InvalidInput("Cannot import " + layer.place() + ": no layers/" + layer.slot() + "/vars in "
                    + place + " (expected its weights)");
        }

        @Override
        public void requireEnd() {
            // A slot more would be of a layer that the architecture has not; Keras itself passes it over.
        }

        @Override
        public boolean turned() {
            return false;
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
