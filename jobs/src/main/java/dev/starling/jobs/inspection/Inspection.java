package dev.starling.jobs.inspection;

import dev.starling.driver.evaluation.Codes;
import dev.starling.jobs.figure.ImageGrid;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.inspection.Encoder;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Shape;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is found out about one layer of a trained network: a summary, tables for plots, and where inputs are images, pictures.
 *
 * @param layer its name
 * @param network the whole one
 * @param parameters of it
 * @param encoder the network up to the layer
 * @param preparation of the model
 * @param labelled that of the rows, whose target may be classes where the model's is the input
 * @param fitted rows by which components and planes are fitted: training rows
 * @param split of the rows that are looked at
 * @param shown those
 * @param wish how much of it
 */
public record Inspection(
        String layer,
        NetworkSpec network,
        float[] parameters,
        Encoder encoder,
        Preparation preparation,
        Preparation labelled,
        Codes fitted,
        Split split,
        Codes shown,
        Wish wish) {
    /**
     * How much is wanted.
     *
     * @param examples reconstructed, and given a Jacobian; ≥ 0
     * @param units whose maximising input is searched; ≥ 0
     */
    public record Wish(int examples, int units) {}

    /** Contents of files by their names. */
    public Map<String, byte[]> files(long seed) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Projections projections = Projections.of(fitted, shown, classNames());
        files.put("codes.csv", text(projections.csv(split)));
        Learned learned = Learned.of(this, seed);
        files.put("spectrum.csv", text(learned.spectrumCsv()));
        images(learned).forEach(files::put);
        files.put("inspection.json", text(InspectionJson.write(this, projections, learned)));
        return files;
    }

    private Map<String, byte[]> images(Learned learned) {
        Map<String, byte[]> images = new LinkedHashMap<>();
        if (preparation.input() instanceof Shape.Image shape) {
            if (!learned.units().isEmpty()) {
                int columns = (int) Math.ceil(Math.sqrt(learned.units().size()));
                images.put("units.png", new ImageGrid(shape, columns).png(learned.units()));
            }
            if (isAutoencoder() && !learned.reconstructions().isEmpty()) {
                int columns = learned.reconstructions().size() / 2;
                images.put("reconstructions.png", new ImageGrid(shape, columns).png(learned.reconstructions()));
            }
        }
        return images;
    }

    /** Empty where the data tell no classes. */
    List<String> classNames() {
        return labelled.target() instanceof Target.Classes classes ? classes.names() : List.of();
    }

    boolean isAutoencoder() {
        return preparation.target() instanceof Target.Input;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
