package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Value;
import dev.starling.worker.optimizer.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a {@code learningRate} may be; names and defaults are Keras 3's. */
final class ScheduleChoices {
    private static final Choices<Schedule> ALL = Choices.<Schedule>none()
            .otherwise("a number above 0", v -> v.number(Range.POSITIVE).map(Schedule.Constant::new))
            .section(
                    "exponentialDecay", s -> new Schedule.ExponentialDecay(initial(s), steps(s), rate(s), staircase(s)))
            .section(
                    "inverseTimeDecay", s -> new Schedule.InverseTimeDecay(initial(s), steps(s), rate(s), staircase(s)))
            .section("piecewiseConstant", ScheduleChoices::piecewiseConstant)
            .section(
                    "cosineDecay",
                    s -> new Schedule.CosineDecay(initial(s), steps(s), s.number("alpha", 0, Range.SHARE)));

    private ScheduleChoices() {}

    /**
     * An optimiser's {@code learningRate}.
     *
     * @param otherwise the optimiser's default
     */
    static Schedule read(Section optimizer, String otherwise) {
        return optimizer.choice("learningRate", otherwise, ALL);
    }

    private static double initial(Section s) {
        return s.number("initialLearningRate", Range.POSITIVE);
    }

    private static double steps(Section s) {
        return s.number("decaySteps", Range.POSITIVE);
    }

    private static double rate(Section s) {
        return s.number("decayRate", Range.NOT_NEGATIVE);
    }

    private static boolean staircase(Section s) {
        return s.flag("staircase", false);
    }

    private static Schedule piecewiseConstant(Section s) {
        List<Long> boundaries = new ArrayList<>();
        for (Value item : items(s, "boundaries", "a list of numbers of batches")) {
            item.whole(Range.COUNT).ifPresent(boundaries::add);
        }
        List<Double> values = new ArrayList<>();
        for (Value item : items(s, "values", "a list of learning rates")) {
            item.number(Range.POSITIVE).ifPresent(values::add);
        }
        for (int i = 1; i < boundaries.size(); i++) {
            if (boundaries.get(i) <= boundaries.get(i - 1)) {
                s.refuse("boundaries", boundaries.get(i - 1) + " before " + boundaries.get(i), "increasing numbers");
            }
        }
        if (values.size() != boundaries.size() + 1) {
            s.refuse("values", values.size() + " values", "one more than boundaries, " + (boundaries.size() + 1));
        }
        return new Schedule.PiecewiseConstant(boundaries, values);
    }

    private static List<Value> items(Section s, String key, String expected) {
        Optional<Value> list = s.require(key, expected);
        return list.flatMap(v -> v.items(expected)).orElse(List.of());
    }
}
