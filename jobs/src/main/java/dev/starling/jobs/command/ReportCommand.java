package dev.starling.jobs.command;

import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.report.Report;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "report",
        description = "Makes report.html of a run again and prints where it is.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private SharedOptions options;

    @Mixin
    private RunArgument run;

    ReportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        StoredRun stored = Runs.open(run.text(), options, surroundings, new Configuration());
        stored.replaceReport(Report.of(stored).html());
        surroundings.out().println(stored.reportPlace());
        return ExitStatus.DONE;
    }
}
