package dev.starling.jobs.figure;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/** Norms of the layers' gradients, from the first layer to the last, and how many units are silent. */
final class GradientsFigure {
    private GradientsFigure() {}

    static byte[] png(List<LayerGradients> layers) {
        double[] across =
                IntStream.rangeClosed(1, layers.size()).mapToDouble(i -> i).toArray();
        // A logarithm has no 0.
        double least = layers.stream()
                .flatMapToDouble(layer -> DoubleStream.of(layer.start(), layer.trained()))
                .filter(norm -> norm > 0)
                .min()
                .orElse(1);
        XYChart norms = Chart.empty("Norm of the gradient", "layer", "norm");
        norms.getStyler().setYAxisLogarithmic(true);
        Chart.line(norms, "start", across, norms(layers, true, least), Chart.color(0));
        Chart.line(norms, "trained", across, norms(layers, false, least), Chart.color(1));
        XYChart silent = Chart.empty("Units that never fire", "layer", "part of the layer's units");
        silent.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
        Chart.line(
                silent,
                "trained",
                across,
                layers.stream().mapToDouble(LayerGradients::silent).toArray(),
                Chart.color(1));
        return Chart.png(List.of(norms, silent));
    }

    private static double[] norms(List<LayerGradients> layers, boolean start, double least) {
        return layers.stream()
                .mapToDouble(layer -> Math.max(least, start ? layer.start() : layer.trained()))
                .toArray();
    }
}
