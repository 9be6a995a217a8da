package dev.starling.driver.keras;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.store.Json;
import dev.starling.worker.network.LayerLayout;
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
import java.util.Set;
import java.util.stream.Stream;
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
        return Hdf5Writer.whole(architecture(KerasStyle.WHOLE).toString(), OLD_VERSION, layers(KerasStyle.WHOLE));
    }

    private ObjectNode architecture(KerasStyle style) {
        List<ObjectNode> layers = Stream.concat(
                        Stream.of(style.layer("InputLayer", style.input(network.input()))),
                        layers(style).stream().map(layer -> style.layer(layer.type(), layer.config())))
                .toList();
        return style.sequential(name, network.input(), layers, OLD_VERSION);
    }

    private List<WrittenLayer> layers(KerasStyle style) {
        LayerConfigs configs = new LayerConfigs(style);
        NetworkLayout layout = NetworkLayout.of(network);
        List<List<Placement>> placements = Placements.of(layout, Set.of());
        Map<String, Integer> slots = new HashMap<>();
        List<WrittenLayer> written = new ArrayList<>();
        for (int i = 0; i < placements.size(); i++) {
            LayerLayout layer = layout.layers().get(i);
            written.add(layer(configs.of(layer.spec()), arrays(placements.get(i)), slots));
            configs.following(layer.spec()).ifPresent(after -> written.add(layer(after, List.of(), slots)));
        }
        return written;
    }

    private static WrittenLayer layer(
            LayerConfigs.Written written, List<WrittenLayer.NamedArray> arrays, Map<String, Integer> slots) {
        return new WrittenLayer(
                written.type(),
                written.config().get("name").asText(),
                KerasModel.slot(written.type(), slots),
                written.config(),
                arrays);
    }

    private List<WrittenLayer.NamedArray> arrays(List<Placement> placements) {
        List<WrittenLayer.NamedArray> arrays = new ArrayList<>();
        for (Placement placement : placements) {
            String kind = LayerConfigs.arrayNames(placements.size()).get(arrays.size());
            arrays.add(new WrittenLayer.NamedArray(kind, placement.take(parameters)));
        }
        return arrays;
    }
}
