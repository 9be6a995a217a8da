package dev.starling.worker.network;

import java.util.ArrayList;
import java.util.List;

/** Where a penalty on activations has a meaning. */
final class ActivityRules {
    private ActivityRules() {}

    static List<String> problems(LayerSpec layer, Shape output, boolean last) {
        List<String> problems = new ArrayList<>();
        ActivityPenalty penalty = layer.activity();
        String where = "Cannot build layer " + layer.name() + " (" + layer.type() + "): activityRegularizer";
        Activation activation = layer.nonlinearity().orElse(Activation.Simple.LINEAR);
        if (!penalty.isNone() && last) {
            problems.add(
                    where + " on the last layer (expected a layer before it, whose activations are nobody's target)");
        }
        if (penalty.klWeight() > 0 && (activation != Activation.Simple.SIGMOID || !(output instanceof Shape.Flat))) {
            problems.add(where + ".kl on activation " + activation.label() + " of shape " + output.dimensions()
                    + " (expected sigmoid of one axis: means of activations in (0, 1))");
        }
        if (penalty.contractive() > 0 && !(layer instanceof Dense)) {
            problems.add(where + ".contractive (expected a dense layer)");
        } else if (penalty.contractive() > 0 && Curvature.of(activation).isEmpty()) {
            problems.add(where + ".contractive on activation " + activation.label()
                    + " (expected one of a single unit, whose derivative its value tells, such as sigmoid)");
        }
        return problems;
    }
}
