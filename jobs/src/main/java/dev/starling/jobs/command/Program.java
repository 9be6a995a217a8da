package dev.starling.jobs.command;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code starling}: its commands, and what becomes of their errors. */
public final class Program {
    private Program() {}

    @Command(
            name = "starling",
            description = "Trains neural networks on a Spark cluster as if it were one machine.",
            mixinStandardHelpOptions = true,
            versionProvider = BuildFacts.Version.class,
            synopsisSubcommandLabel = "COMMAND",
            footer = {"", "Exit status: 0 done, 1 a run failed, 2 wrong input, 130 interrupted."})
    static final class Root {}

    /**
     * Does what the arguments say; does not end the JVM.
     *
     * @return the exit status
     */
    public static int run(String[] args, Surroundings surroundings) {
        CommandLine line = commandLine(surroundings);
        if (args.length == 0) {
            line.usage(surroundings.err());
            return ExitStatus.WRONG_INPUT;
        }
        return line.execute(args);
    }

    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine line = new CommandLine(new Root())
                .addSubcommand("train", new TrainCommand(surroundings))
                .addSubcommand("sweep", new SweepCommand(surroundings))
                .addSubcommand("resume", new ResumeCommand(surroundings))
                .addSubcommand("evaluate", new EvaluateCommand(surroundings))
                .addSubcommand("predict", new PredictCommand(surroundings))
                .addSubcommand("cross-validate", new CrossValidateCommand(surroundings))
                .addSubcommand("summary", new SummaryCommand(surroundings))
                .addSubcommand("runs", new RunsCommand(surroundings))
                .addSubcommand("report", new ReportCommand(surroundings))
                .addSubcommand("inspect", new InspectCommand(surroundings))
                .addSubcommand("import-keras", new ImportKerasCommand(surroundings))
                .addSubcommand("export-keras", new ExportKerasCommand(surroundings))
                .addSubcommand("help", new CommandLine.HelpCommand())
                .addSubcommand("generate-completion", new AutoComplete.GenerateCompletion());
        return line.setOut(new PrintWriter(surroundings.out(), true, Charset.defaultCharset()))
                .setErr(new PrintWriter(surroundings.err(), true, Charset.defaultCharset()))
                .setParameterExceptionHandler((problem, args) -> wrongArguments(problem, surroundings))
                .setExecutionExceptionHandler((problem, command, parsed) -> Failure.tell(
                        problem,
                        command.getCommandName(),
                        surroundings.err(),
                        parsed.expandedArgs().contains("--verbose")));
    }

    private static int wrongArguments(ParameterException problem, Surroundings surroundings) {
        StringBuilder line = new StringBuilder("starling: ").append(problem.getMessage());
        if (problem instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                line.append(" (nearest: ").append(String.join(", ", near)).append(')');
            }
        }
        String command = problem.getCommandLine().getCommandSpec().qualifiedName(" ");
        surroundings.err().println(line + "; see " + command + " --help");
        return ExitStatus.WRONG_INPUT;
    }
}
