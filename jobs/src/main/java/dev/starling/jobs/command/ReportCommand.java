package dev.starling.jobs.command;

import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.report.Report;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = "Makes report.html of a run again and prints where it is.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private SharedOptions options;

    @Parameters(
            paramLabel = "RUN",
            description = "Its directory or URI, or its name or the beginning of it in the store.")
    private String run;

    ReportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        StoredRun stored = Runs.open(run, options, surroundings, new Configuration());
        stored.replaceReport(Report.of(stored).html());
        surroundings.out().println(stored.reportPlace());
        return ExitStatus.DONE;
    }
}
