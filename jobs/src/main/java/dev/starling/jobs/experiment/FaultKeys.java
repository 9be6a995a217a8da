package dev.starling.jobs.experiment;

import dev.starling.driver.checkpoint.CheckpointRule;
import dev.starling.driver.training.FaultSpec;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Value;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the keys of {@code cluster} that say what is done about failures. */
final class FaultKeys {
    private static final Pattern COUNT = Pattern.compile("([1-9][0-9]{0,8}) (epochs?|rounds?)");
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})([smh])");
    private static final String RULE = "a number of epochs or rounds, or a time, such as 1 epoch, 200 rounds or 5m";
    private static final String TIME = "a time above 0 in s, m or h, such as 90s, 5m or 2h";

    private FaultKeys() {}

    static FaultSpec read(Section cluster) {
        Section checkpoint = cluster.section("checkpoint");
        CheckpointRule rule = rule(checkpoint.find("every", "1 epoch")).orElse(FaultSpec.DEFAULT.checkpoint());
        int keep = checkpoint.integer("keep", FaultSpec.DEFAULT.keep(), Range.COUNT);
        Duration timeout = duration(cluster.find("peerTimeout", "60s")).orElse(FaultSpec.DEFAULT.peerTimeout());
        int retries = cluster.integer("retries", FaultSpec.DEFAULT.retries(), Range.NOT_NEGATIVE);
        return new FaultSpec(rule, keep, timeout, retries);
    }

    private static Optional<CheckpointRule> rule(Value value) {
        return text(
                value, RULE, text -> counted(text).or(() -> parseDuration(text).map(CheckpointRule.Time::new)));
    }

    private static Optional<CheckpointRule> counted(String text) {
        Matcher matcher = COUNT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int count = Integer.parseInt(matcher.group(1));
        boolean epochs = matcher.group(2).startsWith("epoch");
        return Optional.of(epochs ? new CheckpointRule.Epochs(count) : new CheckpointRule.Rounds(count));
    }

    static Optional<Duration> duration(Value value) {
        return text(value, TIME, FaultKeys::parseDuration);
    }

    private static Optional<Duration> parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    default -> Duration.ofHours(count);
                });
    }

    private interface Parser<T> {
        Optional<T> parse(String text);
    }

    /** Written down as it was written. */
    private static <T> Optional<T> text(Value value, String expected, Parser<T> parser) {
        return value.text(expected, text -> parser.parse(text).map(read -> text))
                .flatMap(parser::parse);
    }
}
