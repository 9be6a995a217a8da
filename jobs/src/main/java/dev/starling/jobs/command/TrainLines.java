package dev.starling.jobs.command;

import dev.starling.driver.data.PreparedData;
import dev.starling.driver.store.RunMetrics;
import dev.starling.worker.data.Split;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.StepChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code train} says on standard error before and after its epochs. */
final class TrainLines {
    private TrainLines() {}

    static String beginning(PreparedData data, NetworkSpec network, StepChoice step, int replicas) {
        List<String> rows = new ArrayList<>();
        for (Split split : Split.values()) {
            if (data.has(split)) {
                rows.add(String.format(Locale.ROOT, "%,d %s", data.rows(split), split.label()));
            }
        }
        return String.format(
                Locale.ROOT,
                "%s examples; %,d parameters; %d replica%s; step: %s",
                String.join(", ", rows),
                NetworkLayout.of(network).total(),
                replicas,
                replicas == 1 ? "" : "s",
                StepFactory.outlook(network, step));
    }

    /**
     * A line per split.
     *
     * @param followed metrics beside the loss
     */
    static List<String> ending(RunMetrics metrics, List<String> followed) {
        List<String> lines = new ArrayList<>();
        metrics.splits().forEach((split, values) -> {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-10s", split.label()));
            values.values().forEach((name, value) -> {
                if (name.equals("loss") || followed.contains(name)) {
                    line.append(String.format(Locale.ROOT, "  %s %.4f", name, value));
                }
            });
            lines.add(line.toString());
        });
        return lines;
    }
}
