package dev.starling.driver.ensemble;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Target;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** Several models that predict as one. */
public final class EnsembleModel {
    private final List<Member> members;
    private final float[] parameters;
    private final Preparation preparation;

    /**
     * @param members at least one, all of the same columns and target
     * @param parameters of each, in DL4J's order
     * @throws InvalidInput if they are not alike, or their mean means nothing
     */
    public EnsembleModel(List<Member> members, List<float[]> parameters) {
        this.members = List.copyOf(members);
        this.parameters = joined(parameters);
        this.preparation = common(members);
        for (Member member : members) {
            requireOneOutput(member);
        }
    }

    private static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact)];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    public List<Member> members() {
        return members;
    }

    /** Of all members, one after the other. Not copied: they must not change. */
    public float[] parameters() {
        return parameters;
    }

    /** What all members can be asked: their columns, with the categories that any of them knows, and their target in its own unit. Nothing is scaled by it. */
    public Preparation preparation() {
        return preparation;
    }

    /** Values that it says of a row. */
    public int width() {
        return preparation.target() instanceof Target.Values values
                ? values.names().size()
                : NetworkLayout.of(members.get(0).network()).output().size();
    }

    /** What means are measured by. The loss of numbers is their mean squared error, in the target's own unit. */
    static Scoring scoring(Target target, int width) {
        if (target instanceof Target.Classes classes) {
            Loss loss = width == 1 ? Loss.BINARY_CROSSENTROPY : Loss.CATEGORICAL_CROSSENTROPY;
            return new Scoring.Classification(loss, width, classes.names());
        }
        return new Scoring.Regression(Loss.MEAN_SQUARED_ERROR, width, Collections.nCopies(width, 1.0));
    }

    private static void requireOneOutput(Member member) {
        int outputs = NetworkLayout.of(member.network()).outputSizes().size();
        if (outputs != 1) {
            throw new InvalidInput("Cannot take models together: their network has " + outputs
                    + " outputs (expected one, whose mean means something)");
        }
    }

    private static Preparation common(List<Member> members) {
        List<Feature> features = new ArrayList<>(members.get(0).preparation().features());
        Target target = plain(members.get(0).preparation().target());
        for (Member member : members) {
            List<Feature> others = member.preparation().features();
            if (!plain(member.preparation().target()).equals(target)
                    || !names(others).equals(names(features))) {
                throw new InvalidInput(
                        "Cannot take models together: they differ in their columns or targets (expected those of one run)");
            }
            for (int i = 0; i < features.size(); i++) {
                features.set(i, both(features.get(i), others.get(i)));
            }
        }
        int width = features.stream().mapToInt(Feature::width).sum();
        Shape input = members.get(0).preparation().input();
        return new Preparation(input.size() == width ? input : new Shape.Flat(width), features, target);
    }

    private static List<String> names(List<Feature> features) {
        return features.stream().map(Feature::name).toList();
    }

    private static Feature both(Feature one, Feature other) {
        if (one instanceof Feature.Categorical a && other instanceof Feature.Categorical b) {
            TreeSet<String> all = new TreeSet<>(a.categories());
            all.addAll(b.categories());
            return new Feature.Categorical(a.name(), List.copyOf(all));
        }
        return one;
    }

    private static Target plain(Target target) {
        if (target instanceof Target.Values values) {
            int width = values.names().size();
            return new Target.Values(values.names(), Collections.nCopies(width, 0.0), Collections.nCopies(width, 1.0));
        }
        if (target instanceof Target.Classes classes && classes.isEmbedded()) {
            throw new InvalidInput("Cannot take models together: their classes are points (expected plain classes)");
        }
        if (target instanceof Target.Input) {
            throw new InvalidInput(
                    "Cannot take models together: their target is their input (expected classes or numbers)");
        }
        return target;
    }
}
