package dev.starling.driver.keras;

import dev.starling.driver.keras.WrittenLayer.NamedArray;
import dev.starling.worker.InvalidInput;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Weights in HDF5 as Keras reads them. */
final class Hdf5Writer {
    /** HDF5 keeps an attribute in a message of 64 KB at most, which its head is part of. */
    private static final int MAX_ATTRIBUTE = 64_000;

    private Hdf5Writer() {}

    private interface Content {
        void into(WritableGroup root);
    }

    /** A group for each layer, found by its class and number. */
    static byte[] bySlot(List<WrittenLayer> layers) throws IOException {
        return write(root -> {
            WritableGroup all = root.putGroup("layers");
            for (WrittenLayer layer : layers) {
                if (!layer.arrays().isEmpty()) {
                    WritableGroup vars = all.putGroup(layer.slot()).putGroup("vars");
                    vars.putAttribute("name", layer.name());
                    for (int i = 0; i < layer.arrays().size(); i++) {
                        vars.putDataset(
                                String.valueOf(i), nested(layer.arrays().get(i).array()));
                    }
                }
            }
        });
    }

    /**
     * A whole model, its layers in a list. Layers without weights are not in it, which Keras passes over in any case: where the library happens to write an empty group last, it writes its mark over that.
     *
     * @param compiled with what, if that is known
     */
    static byte[] whole(String architecture, Optional<String> compiled, String version, List<WrittenLayer> layers)
            throws IOException {
        if (architecture.getBytes(StandardCharsets.UTF_8).length > MAX_ATTRIBUTE) {
            throw new InvalidInput("Cannot export to .h5: an architecture of more than " + MAX_ATTRIBUTE
                    + " bytes (expected a smaller one, or .keras or .json)");
        }
        List<WrittenLayer> holding =
                layers.stream().filter(layer -> !layer.arrays().isEmpty()).toList();
        return write(root -> {
            root.putAttribute("keras_version", version);
            root.putAttribute("backend", "tensorflow");
            root.putAttribute("model_config", architecture);
            compiled.ifPresent(text -> root.putAttribute("training_config", text));
            WritableGroup all = root.putGroup("model_weights");
            all.putAttribute("keras_version", version);
            all.putAttribute("backend", "tensorflow");
            all.putAttribute(
                    "layer_names", holding.stream().map(WrittenLayer::name).toArray(String[]::new));
            for (WrittenLayer layer : holding) {
                WritableGroup group = all.putGroup(layer.name());
                group.putAttribute(
                        "weight_names",
                        layer.arrays().stream().map(each -> each.name() + ":0").toArray(String[]::new));
                for (NamedArray each : layer.arrays()) {
                    group.putDataset(each.name() + ":0", nested(each.array()));
                }
            }
        });
    }

    /** The library writes to a file alone. */
    private static byte[] write(Content content) throws IOException {
        Path file = Files.createTempFile("starling-keras", ".h5");
        try {
            try (WritableHdfFile hdf = HdfFile.write(file)) {
                content.into(hdf);
            }
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    /** Java's arrays of arrays, from which the library takes the shape. */
    private static Object nested(KerasArray array) {
        int[] shape = array.shape().stream().mapToInt(Integer::intValue).toArray();
        return nested(array.values(), shape, 0, 0);
    }

    private static Object nested(float[] values, int[] shape, int axis, int at) {
        if (axis == shape.length - 1) {
            return Arrays.copyOfRange(values, at, at + shape[axis]);
        }
        int step = 1;
        Class<?> element = float.class;
        for (int i = axis + 1; i < shape.length; i++) {
            step *= shape[i];
            element = element.arrayType();
        }
        Object rows = Array.newInstance(element, shape[axis]);
        for (int i = 0; i < shape[axis]; i++) {
            Array.set(rows, i, nested(values, shape, axis + 1, at + i * step));
        }
        return rows;
    }
}
