package dev.starling.driver.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.driver.store.Json;
import dev.starling.worker.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A model in Keras's own files: a {@code .keras} archive, a whole model in {@code .h5}, or an architecture in JSON with weights beside it. */
public final class KerasFile {
    /** Beside the weights a file may hold the optimiser's state, which is not read. */
    private static final long BYTES_PER_WEIGHT = 40;

    private static final long BYTES_BESIDE = 64L << 20;
    private static final String MODEL_WEIGHTS = "model_weights";

    private final KerasModel model;
    private final Bytes weights;
    private final String weightsPlace;

    private interface Bytes {
        byte[] read(long limit);
    }

    private KerasFile(KerasModel model, String weightsPlace, Bytes weights) {
        this.model = model;
        this.weights = weights;
        this.weightsPlace = weightsPlace;
    }

    /**
     * A file that holds both, or the architecture alone.
     *
     * @param place the file, for messages
     * @param weightsPlace likewise
     * @param weights a file of weights, where the first has none
     * @throws InvalidInput if it is no such file, or holds code
     */
    public static KerasFile open(byte[] bytes, String place, Optional<byte[]> weights, String weightsPlace) {
        Optional<Bytes> beside = weights.map(w -> limit -> w);
        String besidePlace = weights.isPresent() ? weightsPlace : place;
        if (KerasZip.isOne(bytes)) {
            KerasZip zip = KerasZip.open(bytes, place);
            JsonNode config = Json.parse(zip.config(), place + ", " + KerasZip.CONFIG);
            String version =
                    Json.string(Json.parse(zip.metadata(), place + ", " + KerasZip.METADATA), "keras_version", place);
            Optional<JsonNode> loss = loss(config.path("compile_config"));
            KerasModel model = KerasModel.parse(config, major(version, place), loss, place);
            return new KerasFile(model, besidePlace, beside.orElse(zip::weights));
        }
        if (Hdf5.isOne(bytes)) {
            return new KerasFile(whole(bytes, place), besidePlace, beside.orElse(limit -> bytes));
        }
        if (!startsAsJson(bytes)) {
            throw new InvalidInput(
                    "Cannot read " + place + ": neither an archive nor HDF5 nor JSON (expected a model as Keras"
                            + " stores it: .keras, .h5, or .json with --weights)");
        }
        JsonNode root = Json.parse(new String(bytes, StandardCharsets.UTF_8), place);
        KerasModel model = KerasModel.parse(root, version(root, place), loss(root.path("compile_config")), place);
        return new KerasFile(
                model,
                besidePlace,
                beside.orElseThrow(() -> new InvalidInput("Cannot import " + place
                        + ": an architecture without weights (expected --weights FILE beside it)")));
    }

    private static boolean startsAsJson(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.UTF_8)
                .stripLeading()
                .startsWith("{");
    }

    private static KerasModel whole(byte[] bytes, String place) {
        try (Hdf5 file = Hdf5.open(place, bytes)) {
            String config = file.text("", "model_config")
                    .orElseThrow(
                            () -> new InvalidInput(
                                    "Cannot import " + place
                                            + ": weights without an architecture (expected a whole model, or the architecture's JSON and this file as --weights)"));
            String version = file.text("", "keras_version").orElse("1");
            Optional<JsonNode> loss = file.text("", "training_config")
                    .map(text -> Json.parse(text, place))
                    .flatMap(KerasFile::loss);
            return KerasModel.parse(Json.parse(config, place + ", model_config"), major(version, place), loss, place);
        }
    }

    /** Keras 3 writes none into the JSON, but modules. */
    private static int version(JsonNode root, String place) {
        return root.path("keras_version").isTextual()
                ? major(root.path("keras_version").asText(), place)
                : root.has("module") ? 3 : 1;
    }

    private static int major(String version, String place) {
        String major = version.replaceFirst("\\..*", "");
        if (!major.matches("[123]")) {
            throw new InvalidInput("Cannot read " + place + ": written by Keras " + version + " (expected 1, 2 or 3)");
        }
        return Integer.parseInt(major);
    }

    private static Optional<JsonNode> loss(JsonNode compiled) {
        JsonNode loss = compiled.path("loss");
        return loss.isMissingNode() || loss.isNull() ? Optional.empty() : Optional.of(loss);
    }

    public KerasModel model() {
        return model;
    }

    /**
     * The arrays.
     *
     * @param count of values that the architecture needs, by which the file's size is judged
     * @return to be closed
     * @throws InvalidInput if it is no file of weights, or much larger or smaller than the architecture needs
     */
    KerasWeights weights(long count) {
        byte[] bytes = weights.read(BYTES_BESIDE + BYTES_PER_WEIGHT * count);
        if (!Hdf5.isOne(bytes)) {
            throw new InvalidInput("Cannot read " + weightsPlace + ": no HDF5 (expected weights as Keras writes them)");
        }
        // Keras does not compress; half precision is two bytes.
        if (bytes.length < 2 * count) {
            throw new InvalidInput("Cannot read " + weightsPlace + ": " + bytes.length + " bytes of weights (expected "
                    + count + " values, which the architecture has)");
        }
        Hdf5 file = Hdf5.open(weightsPlace, bytes);
        String group = file.has(MODEL_WEIGHTS) ? MODEL_WEIGHTS : "";
        return file.texts(group, "layer_names").isEmpty()
                ? new KerasWeights.BySlot(file, weightsPlace)
                : KerasWeights.InOrder.of(file, group, weightsPlace);
    }
}
