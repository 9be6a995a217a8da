package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Value;
import dev.starling.worker.data.Augmentation;
import dev.starling.worker.data.Augmentation.Mirror;
import dev.starling.worker.data.Split;
import dev.starling.worker.gang.Extras;
import dev.starling.worker.gang.PretrainingSpec;
import dev.starling.worker.gang.Recorded;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.gang.TrainingSpec.EarlyStopping;
import dev.starling.worker.network.LabelSmoothing;
import dev.starling.worker.network.Loss;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.step.StepChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code training}. */
final class TrainingSection {
    private static final Choices<Clipping> CLIPPINGS = Choices.<Clipping>none()
            .word("none", new Clipping.None())
            .field("norm", v -> v.number(Range.POSITIVE).map(Clipping.Norm::new))
            .field("globalNorm", v -> v.number(Range.POSITIVE).map(Clipping.GlobalNorm::new))
            .field("value", v -> v.number(Range.POSITIVE).map(Clipping.Value::new));
    private static final Choices<StepChoice> STEPS = Choices.<StepChoice>none()
            .word("auto", StepChoice.AUTO)
            .word("planned", StepChoice.PLANNED)
            .word("reference", StepChoice.REFERENCE);

    private static final Choices<Mirror> MIRRORS = Choices.<Mirror>none()
            .word("none", Mirror.NONE)
            .word("horizontal", Mirror.HORIZONTAL)
            .word("vertical", Mirror.VERTICAL)
            .word("both", Mirror.BOTH);
    private static final Choices<LabelSmoothing> SMOOTHINGS = Choices.<LabelSmoothing>none()
            .field("others", v -> v.number(Range.RATE).map(LabelSmoothing.Others::new))
            .otherwise("a number from 0 to below 1", v -> v.number(Range.RATE).map(LabelSmoothing.Everywhere::new));

    private TrainingSection() {}

    /** One for all outputs, or one for each; empty, and a problem, where one cannot be read. */
    static List<Loss> losses(Section section) {
        Choices<Loss> losses = Choices.none();
        for (Loss loss : Loss.values()) {
            losses = losses.word(loss.label(), loss);
        }
        Choices<Loss> known = losses;
        Optional<Value> written = section.find("loss");
        if (written.isPresent() && written.get().isList()) {
            List<Value> items = written.get().items("a loss, or a list of them").orElse(List.of());
            List<Loss> each = new ArrayList<>();
            items.forEach(item -> known.read(item).ifPresent(each::add));
            if (items.isEmpty()) {
                section.refuse("loss", "[]", "at least one loss");
            }
            // The data have one kind of target: classes or numbers.
            if (each.stream().map(Loss::isCrossEntropy).distinct().count() > 1) {
                section.refuse(
                        "loss",
                        "losses of classes beside losses of numbers",
                        "cross-entropies alone or none, as the target is one of the two");
            }
            return each.size() == items.size() ? each : List.of();
        }
        return section.choice("loss", known).stream().toList();
    }

    private static Augmentation augmentation(Section s) {
        double rotate = s.number("rotate", 0, Range.NOT_NEGATIVE);
        double shift = s.number("shift", 0, Range.NOT_NEGATIVE);
        Mirror mirror = s.choice("mirror", "none", MIRRORS);
        double zoom = s.number("zoom", 0, Range.RATE);
        return new Augmentation(rotate, shift, mirror, zoom, s.number("noise", 0, Range.NOT_NEGATIVE));
    }

    static LabelSmoothing smoothing(Section section) {
        return section.choice("labelSmoothing", "0.0", SMOOTHINGS);
    }

    static List<String> metrics(Section section) {
        List<String> metrics = new ArrayList<>();
        for (Value item :
                section.find("metrics", "[]").items("a list of metrics").orElse(List.of())) {
            MetricName.CHOICES.read(item).map(MetricName::label).ifPresent(metrics::add);
        }
        return metrics;
    }

    static TrainingSpec spec(Section section, long seed, ClusterSection cluster) {
        OptimizerSpec optimizer = section.choice("optimizer", "rmsprop", OptimizerChoices.ALL);
        Clipping clipping = section.choice("gradientClipping", "none", CLIPPINGS);
        int batchSize = section.integer("batchSize", 32, Range.COUNT);
        int epochs = section.integer("epochs", 1, Range.COUNT);
        Optional<EarlyStopping> stopping =
                section.find("earlyStopping").flatMap(Value::section).map(TrainingSection::earlyStopping);
        StepChoice step = section.choice("step", "auto", STEPS);
        Optional<PretrainingSpec> pretraining = section.find("pretraining")
                .flatMap(Value::section)
                .map(s -> pretraining(s, batchSize))
                .filter(spec -> spec.epochs() > 0);
        Extras extras = new Extras(
                pretraining.stream().toList(),
                section.number("weightNoise", 0, Range.NOT_NEGATIVE),
                recorded(section),
                augmentation(section.section("augmentation")));
        return new TrainingSpec(
                        seed,
                        optimizer,
                        clipping,
                        batchSize,
                        epochs,
                        stopping,
                        cluster.averaging(),
                        cluster.optimizerState(),
                        cluster.compression(),
                        cluster.overlap(),
                        step)
                .with(extras);
    }

    private static PretrainingSpec pretraining(Section s, int batchSize) {
        int epochs = s.integer("epochs", 10, Range.NOT_NEGATIVE);
        double corruption = s.number("corruption", 0.25, Range.RATE);
        int size = s.integer("batchSize", batchSize, Range.COUNT);
        return new PretrainingSpec(epochs, corruption, size, s.choice("optimizer", "adam", OptimizerChoices.ALL));
    }

    private static List<Recorded> recorded(Section section) {
        Choices<Recorded> choices = Choices.none();
        for (Recorded recorded : Recorded.values()) {
            choices = choices.word(recorded.label(), recorded);
        }
        List<Recorded> all = new ArrayList<>();
        for (Value item :
                section.find("record", "[]").items("a list of records").orElse(List.of())) {
            choices.read(item).ifPresent(all::add);
        }
        return all;
    }

    private static EarlyStopping earlyStopping(Section s) {
        String monitor = s.text("monitor", "validation.loss");
        int dot = Math.max(0, monitor.indexOf('.'));
        String split = monitor.substring(0, dot);
        String metric = monitor.substring(Math.min(monitor.length(), dot + 1));
        boolean known = split.equals(Split.TRAIN.label()) || split.equals(Split.VALIDATION.label());
        if (!known || !(metric.equals(MetricName.LOSS) || MetricName.labels().contains(metric))) {
            s.refuse("monitor", monitor, "train or validation, a dot, and loss or a metric, such as validation.loss");
        }
        int patience = s.integer("patience", 0, Range.NOT_NEGATIVE);
        double minDelta = s.number("minDelta", 0, Range.NOT_NEGATIVE);
        return new EarlyStopping(split, metric, patience, minDelta, s.flag("restoreBest", false));
    }
}
