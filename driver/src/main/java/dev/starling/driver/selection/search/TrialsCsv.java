package dev.starling.driver.selection.search;

import dev.starling.driver.selection.search.space.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * {@code trials.csv}: a line per trial, {@code trial,state,epochs,bestEpoch,<objective>,seconds}, a column per parameter and {@code cause}. What there is not is empty: the value of a trial
 * that failed, a parameter that did not exist.
 */
public final class TrialsCsv {
    private TrialsCsv() {}

    public static String write(SweepSpec spec, List<Trial> trials) {
        StringBuilder text = new StringBuilder();
        CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').build();
        try (CSVPrinter csv = new CSVPrinter(text, format)) {
            csv.printRecord(header(spec));
            for (Trial trial : trials) {
                csv.printRecord(record(spec, trial));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static List<String> header(SweepSpec spec) {
        List<String> header = new ArrayList<>(List.of(
                "trial", "state", "epochs", "bestEpoch", spec.objective().label(), "seconds"));
        header.addAll(spec.space().paths());
        header.add("cause");
        return header;
    }

    private static List<Object> record(SweepSpec spec, Trial trial) {
        List<Object> record =
                new ArrayList<>(List.of(trial.number(), trial.state().label(), trial.epochs()));
        int best = trial.state() == TrialState.FAILED
                ? 0
                : trial.bestEpoch(spec.objective()).orElse(0);
        record.add(best == 0 ? "" : best);
        record.add(best == 0 ? "" : trial.values()[best - 1]);
        record.add(trial.seconds());
        for (String path : spec.space().paths()) {
            record.add(Optional.ofNullable(trial.point().settings().get(path))
                    .map(Setting::label)
                    .orElse(""));
        }
        record.add(trial.cause().orElse(""));
        return record;
    }
}
