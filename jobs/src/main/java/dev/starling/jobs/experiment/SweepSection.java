package dev.starling.jobs.experiment;

import dev.starling.driver.selection.search.Budget;
import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.Objective.Measured;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.halving.EarlyTermination;
import dev.starling.driver.selection.search.sampler.Search;
import dev.starling.driver.selection.search.space.Flaw;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.driver.selection.search.space.Space;
import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Value;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads {@code sweep}. */
final class SweepSection {
    private static final Choices<Search> SEARCHES = Choices.<Search>none()
            .word("grid", new Search.Grid())
            .word("random", new Search.Random())
            .word("sobol", new Search.Sobol())
            .word("tpe", new Search.Tpe());
    private static final Choices<EarlyTermination> TERMINATIONS = Choices.<EarlyTermination>none()
            .word("none", new EarlyTermination.None())
            .section("median", SweepSection::median)
            .section("asha", s -> new EarlyTermination.Asha(minEpochs(s), reduction(s)))
            .section("hyperband", s -> new EarlyTermination.Hyperband(minEpochs(s), reduction(s)));
    private static final Choices<Objective> OBJECTIVES = Choices.<Objective>none()
            .field("maximize", v -> objective(v, true))
            .field("minimize", v -> objective(v, false));
    private static final String OBJECTIVE = "validation or mean, a dot, and loss or a metric, such as validation.loss";

    private SweepSection() {}

    /** The sweep that the file asks for; empty where it has problems. */
    static Optional<SweepSpec> read(Section section) {
        Search search = section.choice("search", "tpe", SEARCHES);
        OptionalInt trials = orNone(section.find("trials").flatMap(v -> v.integer(Range.COUNT)));
        Optional<Duration> maxTime = section.find("maxTime").flatMap(FaultKeys::duration);
        Optional<Long> maxEpochs = section.find("maxEpochs").flatMap(v -> v.whole(Range.COUNT));
        int maxFailed = section.integer("maxFailed", Budget.MAY_FAIL, Range.NOT_NEGATIVE);
        Objective objective = section.choice("objective", "{minimize: validation.loss}", OBJECTIVES);
        EarlyTermination early = section.choice("earlyTermination", "none", TERMINATIONS);
        int seeds = section.integer("seedsPerTrial", 1, Range.COUNT);
        Optional<Space> space = section.require("space", "paths with their ranges")
                .flatMap(Value::section)
                .flatMap(s -> space(section, s));
        List<Map<String, Setting>> starting = new ArrayList<>();
        for (Value point :
                section.find("startingPoints", "[]").items("a list of points").orElse(List.of())) {
            point.section().ifPresent(s -> starting.add(startingPoint(s, space)));
        }
        boolean limited = section.has("trials") || section.has("maxTime") || section.has("maxEpochs");
        if (!limited && !(search instanceof Search.Grid)) {
            section.refuse("trials", "missing", "how many trials, or maxTime or maxEpochs");
        }
        OptionalLong epochs = maxEpochs.isPresent() ? OptionalLong.of(maxEpochs.get()) : OptionalLong.empty();
        Budget budget = new Budget(trials, maxTime, epochs, maxFailed);
        return space.filter(s -> fits(section, search, s, trials))
                .map(s -> new SweepSpec(s, search, objective, early, budget, seeds, starting));
    }

    private static OptionalInt orNone(Optional<Integer> value) {
        return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
    }

    private static boolean fits(Section section, Search search, Space space, OptionalInt trials) {
        Optional<Flaw> flaw = search.flaw(space);
        flaw.ifPresent(f -> section.refuse("space", f.found(), f.expected()));
        if (flaw.isEmpty() && search instanceof Search.Grid && trials.isPresent()) {
            BigInteger points = space.points().orElseThrow();
            if (points.compareTo(BigInteger.valueOf(trials.getAsInt())) > 0) {
                section.refuse(
                        "trials",
                        String.format(Locale.ROOT, "%d of a grid of %,d points", trials.getAsInt(), points),
                        "as many as points, or this key to be left out");
            }
        }
        return flaw.isEmpty();
    }

    private static Optional<Space> space(Section sweep, Section section) {
        List<Parameter> parameters = new ArrayList<>();
        for (String path : section.keys()) {
            section.find(path).flatMap(v -> RangeReader.parameter(path, v)).ifPresent(parameters::add);
        }
        List<Flaw> overlaps = Space.overlaps(parameters);
        overlaps.forEach(f -> sweep.refuse("space", f.found(), f.expected()));
        if (section.keys().isEmpty()) {
            sweep.refuse("space", "empty", "at least one path with its range");
        }
        boolean whole = overlaps.isEmpty()
                && !parameters.isEmpty()
                && parameters.size() == section.keys().size();
        return whole ? Optional.of(new Space(parameters)) : Optional.empty();
    }

    /** Values that do not lie in the space are told; of a space that has problems itself nothing is known. */
    private static Map<String, Setting> startingPoint(Section section, Optional<Space> space) {
        Map<String, Setting> point = new LinkedHashMap<>();
        for (String path : section.keys()) {
            section.find(path).ifPresent(value -> {
                String text = value.template(keys -> false).text();
                List<Parameter> known = space.map(s -> s.parametersAt(path)).orElse(List.of());
                Optional<Setting> setting = known.stream()
                        .flatMap(p -> p.dimension().parse(text).stream())
                        .findFirst();
                setting.ifPresent(s -> point.put(path, s));
                if (setting.isEmpty() && space.isPresent()) {
                    value.refuse(
                            text,
                            known.isEmpty()
                                    ? "a path of the space"
                                    : known.get(0).dimension().describe());
                }
            });
        }
        return point;
    }

    private static Optional<Objective> objective(Value value, boolean maximize) {
        return value.text(OBJECTIVE, text -> parse(text, maximize).map(o -> text))
                .flatMap(text -> parse(text, maximize));
    }

    private static Optional<Objective> parse(String text, boolean maximize) {
        for (Measured measured : Measured.values()) {
            String metric = text.startsWith(measured.label() + ".")
                    ? text.substring(measured.label().length() + 1)
                    : "";
            if (metric.equals(MetricName.LOSS) || MetricName.labels().contains(metric)) {
                return Optional.of(new Objective(maximize, measured, metric));
            }
        }
        return Optional.empty();
    }

    private static EarlyTermination median(Section s) {
        int every = s.integer("every", 1, Range.COUNT);
        return new EarlyTermination.Median(minEpochs(s), every, s.integer("minTrials", 5, Range.COUNT));
    }

    private static int minEpochs(Section s) {
        return s.integer("minEpochs", 1, Range.COUNT);
    }

    private static int reduction(Section s) {
        return s.integer("reduction", 3, Range.atLeast(2));
    }
}
