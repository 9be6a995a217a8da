package dev.starling.jobs.figure;

import dev.starling.worker.inspection.PrincipalComponents;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;

/**
 * Trainings as paths in function space (Erhan et al. 2010): a network is what it says of some rows, a point with as many coordinates as rows have outputs, and all points of all trainings are projected to their two principal
 * components. Trials that differ in the number of epochs alone are one path; those that differ in the seed, too, have one colour.
 */
final class TrajectoriesFigure {
    static final String EPOCHS = "training.epochs";
    private static final String SEED = "seed";

    /**
     * A network on its way.
     *
     * @param path what it shares with the others of its path
     * @param kind the same without the seed
     */
    private record Stop(String path, String kind, int epochs, float across, float up) {}

    private TrajectoriesFigure() {}

    /** @param trials at least one, of as many outputs each */
    static Figure of(String name, List<TrialOutputs> trials) {
        List<Stop> stops = stops(trials);
        return new Figure(name, png(stops), Optional.of(csv(stops)));
    }

    private static List<Stop> stops(List<TrialOutputs> trials) {
        int width = trials.get(0).outputs().length;
        float[] said = new float[Math.multiplyExact(trials.size(), width)];
        for (int i = 0; i < trials.size(); i++) {
            System.arraycopy(trials.get(i).outputs(), 0, said, i * width, width);
        }
        float[] plane = PrincipalComponents.fit(said, width, 2).project(said);
        List<Stop> stops = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            List<String> point = trials.get(i).point();
            stops.add(new Stop(
                    words(point, key -> !key.equals(EPOCHS)),
                    words(point, key -> !key.equals(EPOCHS) && !key.equals(SEED)),
                    epochs(point),
                    plane[2 * i],
                    plane[2 * i + 1]));
        }
        stops.sort(Comparator.comparing(Stop::path).thenComparingInt(Stop::epochs));
        return stops;
    }

    private static String words(List<String> point, Predicate<String> keys) {
        String words = point.stream()
                .filter(setting -> keys.test(setting.replaceFirst("=.*", "")))
                .map(setting -> setting.replaceFirst("^training\\.", ""))
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? "training" : words;
    }

    private static int epochs(List<String> point) {
        return point.stream()
                .filter(setting -> setting.startsWith(EPOCHS + "="))
                .map(setting -> Integer.parseInt(setting.substring(EPOCHS.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] png(List<Stop> stops) {
        XYChart chart = Chart.empty("Trainings in function space", "component 1", "component 2");
        chart.getStyler().setMarkerSize(5);
        List<String> kinds = stops.stream().map(Stop::kind).distinct().sorted().toList();
        Map<String, List<Stop>> paths =
                stops.stream().collect(Collectors.groupingBy(Stop::path, LinkedHashMap::new, Collectors.toList()));
        paths.forEach((path, way) -> {
            int number = kinds.indexOf(way.get(0).kind());
            Chart.path(chart, path, points(way), Chart.color(number));
        });
        for (String kind : kinds) {
            Points ends = new Points();
            paths.values().stream()
                    .map(way -> way.get(way.size() - 1))
                    .filter(end -> end.kind().equals(kind))
                    .forEach(end -> ends.add(end.across(), end.up()));
            Color color = Chart.color(kinds.indexOf(kind));
            Chart.points(chart, kind + (kinds.size() == paths.size() ? ", end" : ""), ends, color);
        }
        return Chart.png(List.of(chart));
    }

    private static Points points(List<Stop> way) {
        Points points = new Points();
        way.forEach(stop -> points.add(stop.across(), stop.up()));
        return points;
    }

    /** {@code training,kind,epochs,x,y}: a line for each network. */
    private static String csv(List<Stop> stops) {
        StringBuilder csv = new StringBuilder("training,kind,epochs,x,y\n");
        for (Stop stop : stops) {
            csv.append(String.format(
                    Locale.ROOT,
                    "\"%s\",\"%s\",%d,%s,%s\n",
                    stop.path(),
                    stop.kind(),
                    stop.epochs(),
                    stop.across(),
                    stop.up()));
        }
        return csv.toString();
    }
}
