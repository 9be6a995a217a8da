package dev.starling.jobs.inspection;

import dev.starling.driver.evaluation.Codes;
import dev.starling.jobs.figure.ImageGrid.Picture;
import dev.starling.jobs.figure.ImageGrid.Tone;
import dev.starling.jobs.figure.Model;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.inspection.InputGradient;
import dev.starling.worker.inspection.SingularValues;
import dev.starling.worker.inspection.UnitMaximizer;
import dev.starling.worker.step.StepChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is found by going through the network itself, on the driver.
 *
 * @param spectra singular values of ∂h/∂x at each example, the largest first
 * @param units inputs that maximise a unit
 * @param reconstructions originals, then what the network made of them; empty for other networks than autoencoders
 * @param error their mean squared error, as the network is trained
 */
record Learned(List<double[]> spectra, List<Picture> units, List<Picture> reconstructions, Optional<Double> error) {
    private static final int ASCENTS = 60;

    static Learned of(Inspection inspection, long seed) {
        Codes shown = inspection.shown();
        int examples = Math.min(inspection.wish().examples(), shown.rows());
        List<double[]> spectra = new ArrayList<>();
        List<Picture> units = new ArrayList<>();
        try (InputGradient gradient = new InputGradient(inspection.encoder())) {
            for (int row = 0; row < examples; row++) {
                gradient.at(shown.example(row));
                spectra.add(SingularValues.of(gradient.jacobian()));
            }
            UnitMaximizer maximizer = new UnitMaximizer(ASCENTS, meanLength(inspection.fitted()));
            for (int unit = 0; unit < Math.min(inspection.wish().units(), gradient.units()); unit++) {
                float[] best = maximizer.maximize(
                        gradient, unit, shown.featureSize(), Seeds.derive(seed, Seeds.Purpose.INSPECTION, unit));
                units.add(new Picture(best, Tone.over(best)));
            }
        }
        float[] originals = Arrays.copyOf(shown.features(), examples * shown.featureSize());
        float[] outputs = inspection.isAutoencoder()
                ? new Model(inspection.network(), inspection.parameters(), StepChoice.AUTO).outputs(originals)
                : new float[0];
        return new Learned(
                spectra, units, pictures(originals, outputs, shown.featureSize()), error(originals, outputs));
    }

    private static double meanLength(Codes rows) {
        double sum = 0;
        for (int row = 0; row < rows.rows(); row++) {
            double squares = 0;
            for (float value : rows.example(row)) {
                squares += (double) value * value;
            }
            sum += Math.sqrt(squares);
        }
        double mean = sum / Math.max(1, rows.rows());
        return mean > 0 ? mean : 1;
    }

    /** All by the tone of the originals. */
    private static List<Picture> pictures(float[] originals, float[] outputs, int size) {
        List<Picture> pictures = new ArrayList<>();
        if (outputs.length > 0) {
            Tone tone = Tone.over(originals);
            for (float[] values : List.of(originals, outputs)) {
                for (int at = 0; at < values.length; at += size) {
                    pictures.add(new Picture(Arrays.copyOfRange(values, at, at + size), tone));
                }
            }
        }
        return pictures;
    }

    private static Optional<Double> error(float[] originals, float[] outputs) {
        if (outputs.length == 0) {
            return Optional.empty();
        }
        double sum = 0;
        for (int i = 0; i < outputs.length; i++) {
            double difference = outputs[i] - originals[i];
            sum += difference * difference;
        }
        return Optional.of(sum / outputs.length);
    }

    /** {@code example,1,2,…}: a line for each example. */
    String spectrumCsv() {
        StringBuilder csv = new StringBuilder("example");
        int width = spectra.isEmpty() ? 0 : spectra.get(0).length;
        for (int i = 1; i <= width; i++) {
            csv.append(',').append(i);
        }
        csv.append('\n');
        for (int row = 0; row < spectra.size(); row++) {
            csv.append(row + 1);
            for (double value : spectra.get(row)) {
                csv.append(',').append((float) value);
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    /** Mean over the examples of each singular value. */
    double[] meanSpectrum() {
        double[] mean = new double[spectra.isEmpty() ? 0 : spectra.get(0).length];
        for (double[] spectrum : spectra) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += spectrum[i] / spectra.size();
            }
        }
        return mean;
    }
}
