package dev.starling.driver.data;

import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.Schema.TargetKind;
import dev.starling.worker.Problems;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Loss;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The opened sources of an experiment, as one run of blocks: those of the training source, then those of a validation and of a test source, where
 * there are any.
 *
 * @param parts the training source first
 * @param embedded all classes, where a file gives them with their points; else none
 */
record Dataset(List<Part> parts, Target.Classes embedded) implements Serializable {
    Dataset {
        parts = List.copyOf(parts);
    }

    /** Without points. */
    Dataset(List<Part> parts) {
        this(parts, new Target.Classes(List.of()));
    }

    /**
     * A source.
     *
     * @param firstBlock number of its first block in the data set
     */
    record Part(Split split, SourcePlan plan, int firstBlock) implements Serializable {
        int endBlock() {
            return firstBlock + plan.blocks();
        }
    }

    /**
     * Opens all sources; empty, and problems added, where that cannot be.
     *
     * @param embedded all classes, where there are points for them; else none
     */
    static Optional<Dataset> open(
            DataSpec spec, Loss loss, Target.Classes embedded, CsvSource csv, IdxSource idx, Problems problems) {
        IntFunction<TargetKind> kind = targets -> embedded.isEmbedded() ? TargetKind.CLASSES : spec.kind(loss, targets);
        Map<Split, SourceSpec> sources = new EnumMap<>(Split.class);
        sources.put(Split.TRAIN, spec.train());
        source(spec.validation()).ifPresent(source -> sources.put(Split.VALIDATION, source));
        source(spec.test()).ifPresent(source -> sources.put(Split.TEST, source));
        List<Part> parts = new ArrayList<>();
        int first = 0;
        for (Map.Entry<Split, SourceSpec> source : sources.entrySet()) {
            Optional<? extends SourcePlan> plan = open(source.getValue(), kind, csv, idx);
            if (plan.isPresent()) {
                parts.add(new Part(source.getKey(), plan.get(), first));
                first += plan.get().blocks();
            }
        }
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Dataset dataset = new Dataset(parts, embedded);
        dataset.checkSchemas(problems);
        return problems.isEmpty() ? Optional.of(dataset) : Optional.empty();
    }

    private static Optional<SourceSpec> source(Optional<HeldOut> heldOut) {
        return heldOut.filter(HeldOut.Source.class::isInstance)
                .map(HeldOut.Source.class::cast)
                .map(HeldOut.Source::source);
    }

    private static Optional<? extends SourcePlan> open(
            SourceSpec source, IntFunction<TargetKind> kind, CsvSource csv, IdxSource idx) {
        if (source instanceof SourceSpec.Csv file) {
            return csv.open(file, kind.apply(file.target().size()));
        }
        return idx.open((SourceSpec.Idx) source, kind.apply(1));
    }

    private void checkSchemas(Problems problems) {
        for (Part part : parts) {
            String mismatch = SchemaCheck.mismatch(schema(), part.plan().schema());
            if (!mismatch.isEmpty()) {
                problems.add("Cannot use the " + part.split().label() + " data: " + mismatch
                        + ", as the training data have)");
            }
        }
    }

    Schema schema() {
        return train().plan().schema();
    }

    Part train() {
        return parts.get(0);
    }

    int blocks() {
        return parts.get(parts.size() - 1).endBlock();
    }

    long blockBytes() {
        return parts.stream().mapToLong(part -> part.plan().blockBytes()).sum();
    }

    Part partOf(int block) {
        return parts.stream()
                .filter(part -> block < part.endBlock())
                .findFirst()
                .orElseThrow();
    }

    /**
     * The place of a row as messages show it.
     *
     * @param where as in {@link BlockFacts}
     */
    String place(int block, long where) {
        Part part = partOf(block);
        return part.plan().place(block - part.firstBlock(), where);
    }
}
