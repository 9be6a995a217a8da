package dev.starling.driver.selection.search;

import dev.starling.driver.selection.search.SweepPlanner.Answer;
import dev.starling.driver.selection.search.halving.EarlyTermination;
import dev.starling.driver.selection.search.sampler.Search;
import dev.starling.driver.selection.search.space.Dimension;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.driver.selection.search.space.Space;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A sweep under test: minimises a made-up loss over one number x from 0 to 1, which falls over the epochs to (x − 0.3)². Every look at the clock takes a second. */
final class Sweeps {
    static final int EPOCHS = 9;
    static final Objective LOSS = new Objective(false, Objective.Measured.VALIDATION, "loss");
    static final Space SPACE =
            new Space(List.of(new Parameter("x", new Dimension.Uniform(0, 1, OptionalDouble.empty()))));

    final List<SweepEvent> journal = new ArrayList<>();
    private Search search = new Search.Random();
    private EarlyTermination early = new EarlyTermination.None();
    private Budget budget = trials(20);
    private Space space = SPACE;
    private int parts = 1;
    private long seconds;

    static Budget trials(int n) {
        return new Budget(OptionalInt.of(n), Optional.empty(), OptionalLong.empty(), 3);
    }

    Sweeps search(Search other) {
        search = other;
        return this;
    }

    Sweeps space(Space other) {
        space = other;
        return this;
    }

    Sweeps early(EarlyTermination other) {
        early = other;
        return this;
    }

    Sweeps budget(Budget other) {
        budget = other;
        return this;
    }

    Sweeps parts(int other) {
        parts = other;
        return this;
    }

    /** Begins where the journal ends. */
    SweepPlanner planner() {
        SweepSpec spec = new SweepSpec(space, search, LOSS, early, budget, parts, List.of());
        InstantSource clock = () -> Instant.ofEpochSecond(seconds++);
        return new SweepPlanner(spec, 11, parts, EPOCHS, List.copyOf(journal), clock, journal::add);
    }

    /** Runs on one slot to the end, or until the journal has so many events. */
    void run(SweepPlanner planner, int events) {
        while (journal.size() < events && planner.next() instanceof Answer.Run run) {
            if (journal.size() < events) {
                planner.measured(run.assignment(), measure(run.assignment()));
            }
        }
    }

    static Measurement measure(Assignment a) {
        double x = ((Setting.Real) a.point().settings().get("x")).value();
        double[] values = new double[a.to() - a.from()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (x - 0.3) * (x - 0.3) + 1.0 / (a.from() + i + 1) + 0.001 * a.part();
        }
        return new Measurement(values, 2);
    }

    /** Without times, which differ between a sweep in one session and in two. */
    static List<String> told(List<SweepEvent> events) {
        return events.stream()
                .filter(e -> !(e instanceof SweepEvent.Opened))
                .map(e -> EventJson.write(e).replaceFirst("\"time\":\"[^\"]*\"", ""))
                .toList();
    }
}
