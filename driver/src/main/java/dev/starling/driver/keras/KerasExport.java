package dev.starling.driver.keras;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.store.Json;
import dev.starling.worker.network.ActivityPenalty;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A network and its parameters as Keras's files, channels last. What becomes of a row before the network sees it, Keras does not know: its inputs are
 * the prepared ones.
 *
 * @param name of the model in Keras
 * @param parameters in DL4J's order
 */
public record KerasExport(String name, NetworkSpec network, float[] parameters) {
    /** Of Keras, whose formats these are. */
    private static final String VERSION = "3.0.0";

    private static final String OLD_VERSION = "2.15.0";

    /**
     * An archive for Keras 3.
     *
     * @throws dev.starling.worker.InvalidInput if Keras lacks one of the layers; likewise in the other methods
     */
    public void archive(OutputStream out) throws IOException {
        // The stream is the caller's to close.
        ZipOutputStream zip = new ZipOutputStream(out);
        ObjectNode metadata = Json.object()
                .put("keras_version", VERSION)
                .put("date_saved", Instant.now().toString());
        entry(zip, KerasZip.METADATA, metadata.toString().getBytes(StandardCharsets.UTF_8));
        entry(zip, KerasZip.CONFIG, architecture(KerasStyle.ARCHIVE).toString().getBytes(StandardCharsets.UTF_8));
        entry(zip, KerasZip.WEIGHTS, weights());
        zip.finish();
        zip.flush();
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /** For {@code model_from_json} of Keras 2 and 3. */
    public String architecture() {
        return Json.text(architecture(KerasStyle.JSON));
    }

    /** For {@code load_weights} of Keras 3, under a name that ends in {@code .weights.h5}. Keras 2 asks for a group more that is empty, which the library cannot write: it takes {@link #whole}. */
    public byte[] weights() throws IOException {
        return Hdf5Writer.bySlot(layers(KerasStyle.ARCHIVE));
    }

    /** For {@code load_model} of Keras 2 and 3, under a name that ends in {@code .h5}. */
    public byte[] whole() throws IOException {
        return Hdf5Writer.whole(
                architecture(KerasStyle.WHOLE).toString(),
                compiled().map(ObjectNode::toString),
                OLD_VERSION,
                layers(KerasStyle.WHOLE));
    }

    private ObjectNode architecture(KerasStyle style) {
        List<WrittenLayer> layers = layers(style);
        ObjectNode root = isSequence()
                ? style.sequential(name, network.input(), layers)
                : style.functional(name, network.input(), layers, ends());
        if (style != KerasStyle.ARCHIVE) {
            root.put("keras_version", OLD_VERSION).put("backend", "tensorflow");
        } else {
            KerasLosses.of(network, style)
                    .ifPresent(loss -> root.putObject("compile_config").set("loss", loss));
        }
        return root;
    }

    /** What {@code model.compile} was called with, as whole models say it. */
    private Optional<ObjectNode> compiled() {
        return KerasLosses.of(network, KerasStyle.WHOLE).map(loss -> {
            ObjectNode compiled = Json.object();
            compiled.set("loss", loss);
            for (String key : List.of("metrics", "weighted_metrics", "loss_weights")) {
                compiled.putNull(key);
            }
            ObjectNode optimizer = compiled.putObject("optimizer_config").put("class_name", "RMSprop");
            optimizer.putObject("config").put("name", "rmsprop");
            return compiled;
        });
    }

    /** What of the network is not in the files, in a line each; predictions need none of it. */
    public List<String> leftOut() {
        List<String> lines = new ArrayList<>();
        for (LayerSpec layer : network.layers()) {
            ActivityPenalty penalty = layer.activity();
            if (penalty.klWeight() > 0 || penalty.contractive() > 0) {
                lines.add("layer " + layer.name() + " (" + layer.type()
                        + "): activityRegularizer.kl and .contractive, which Keras lacks");
            }
        }
        if (KerasLosses.of(network, KerasStyle.ARCHIVE).isEmpty()) {
            lines.add("training.loss " + network.loss().label()
                    + " with its label smoothing, which Keras lacks: compile the model with another");
        }
        return lines;
    }

    private boolean isSequence() {
        return network.wiring().isSequence();
    }

    private List<String> ends() {
        NetworkLayout layout = NetworkLayout.of(network);
        LayerConfigs configs = new LayerConfigs(KerasStyle.ARCHIVE);
        return layout.ends().stream()
                .map(end -> configs.last(layout.layers().get(end).spec()))
                .toList();
    }

    private List<WrittenLayer> layers(KerasStyle style) {
        LayerConfigs configs = new LayerConfigs(style);
        NetworkLayout layout = NetworkLayout.of(network);
        List<List<Placement>> placements = Placements.of(layout, Set.of());
        List<Integer> order = isSequence()
                ? IntStream.range(0, placements.size()).boxed().toList()
                : KerasOrder.of(
                        layout.layers().stream().map(LayerLayout::sources).toList(), layout.ends());
        List<WrittenLayer> written = new ArrayList<>();
        for (int place : order) {
            LayerLayout layer = layout.layers().get(place);
            List<WrittenLayer.Tensor> inputs = layer.sources().stream()
                    .map(s -> tensor(layout, s, configs))
                    .toList();
            written.add(layer(configs.of(layer.spec()), arrays(placements.get(place)), inputs));
            configs.following(layer.spec())
                    .ifPresent(after -> written.add(layer(
                            after,
                            List.of(),
                            List.of(new WrittenLayer.Tensor(layer.spec().name(), layer.output())))));
        }
        return numbered(written);
    }

    private static WrittenLayer.Tensor tensor(NetworkLayout layout, int source, LayerConfigs configs) {
        if (source < 0) {
            return new WrittenLayer.Tensor(KerasStyle.INPUT, layout.input());
        }
        LayerLayout layer = layout.layers().get(source);
        return new WrittenLayer.Tensor(configs.last(layer.spec()), layer.output());
    }

    private static WrittenLayer layer(
            LayerConfigs.Written written, List<WrittenLayer.NamedArray> arrays, List<WrittenLayer.Tensor> inputs) {
        String name = written.config().get("name").asText();
        return new WrittenLayer(written.type(), name, "", written.config(), arrays, inputs);
    }

    private static List<WrittenLayer> numbered(List<WrittenLayer> layers) {
        Map<String, Integer> slots = new HashMap<>();
        return layers.stream()
                .map(layer -> layer.in(KerasModel.slot(layer.type(), slots)))
                .toList();
    }

    private List<WrittenLayer.NamedArray> arrays(List<Placement> placements) {
        return placements.stream()
                .map(placement -> new WrittenLayer.NamedArray(
                        LayerConfigs.arrayName(placement.block().kind()), placement.take(parameters)))
                .toList();
    }
}
