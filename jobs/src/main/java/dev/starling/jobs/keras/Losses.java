package dev.starling.jobs.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.keras.KerasLosses;
import dev.starling.driver.keras.KerasModel;
import dev.starling.worker.network.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The losses of an imported model: those it was compiled with where they are ours and fit what its last layers give, else those that go with that. */
final class Losses {
    private static final Map<String, Loss> OF_ACTIVATION =
            Map.of("softmax", Loss.CATEGORICAL_CROSSENTROPY, "sigmoid", Loss.BINARY_CROSSENTROPY);
    private static final Set<String> NOT_NEGATIVE = Set.of("relu", "sigmoid", "softmax", "softplus", "hardSigmoid");

    private Losses() {}

    /**
     * A layer whose output the model gives.
     *
     * @param keras its name in the file
     * @param keys its entry's
     */
    record Last(String keras, JsonNode keys) {
        private String activation() {
            JsonNode activation = keys.has("function") ? keys.get("function") : keys.path("activation");
            return activation.asText("");
        }
    }

    /** @param notes get a line for each loss that another stands for */
    static void put(ObjectNode training, KerasModel model, List<Last> ends, List<String> notes) {
        List<Loss> losses = new ArrayList<>();
        double smoothing = 0;
        for (int i = 0; i < ends.size(); i++) {
            JsonNode compiled = compiled(model, i, ends.get(i).keras);
            Loss natural = OF_ACTIVATION.getOrDefault(ends.get(i).activation(), Loss.MEAN_SQUARED_ERROR);
            Last end = ends.get(i);
            Optional<Loss> known = KerasLosses.find(compiled).filter(loss -> fits(loss, natural, end));
            boolean compiledWith = !compiled.isMissingNode() && !compiled.isNull();
            if (known.isEmpty() && compiledWith) {
                notes.add("the loss " + KerasLosses.name(compiled) + " is not known here, or not on activation "
                        + ends.get(i).activation() + "; " + natural.label() + " stands for it");
            }
            losses.add(known.orElse(natural));
            smoothing = losses.get(i).isCrossEntropy() && known.isPresent()
                    ? Math.max(smoothing, KerasLosses.smoothing(compiled))
                    : smoothing;
        }
        if (ends.size() > 1) {
            share(losses, ends, notes);
        }
        put(training, losses, losses.stream().allMatch(Loss::isCrossEntropy) ? smoothing : 0);
    }

    private static void put(ObjectNode training, List<Loss> losses, double smoothing) {
        boolean same = losses.stream().distinct().count() == 1;
        if (same) {
            training.put("loss", losses.get(0).label());
        } else {
            losses.forEach(loss -> training.withArray("loss").add(loss.label()));
        }
        if (smoothing > 0) {
            training.put("labelSmoothing", smoothing);
        }
    }

    /** Several outputs have one target here: of classes only where all have as many, else all are numbers. */
    private static void share(List<Loss> losses, List<Last> ends, List<String> notes) {
        long widths =
                ends.stream().map(end -> end.keys.path("units")).distinct().count();
        boolean shared = widths == 1 && losses.stream().allMatch(Loss::isCrossEntropy);
        if (!shared && losses.stream().anyMatch(Loss::isCrossEntropy)) {
            notes.add("several outputs share one target here, of classes only if all are cross-entropies of as many; "
                    + Loss.MEAN_SQUARED_ERROR.label() + " stands for each cross-entropy");
            losses.replaceAll(loss -> loss.isCrossEntropy() ? Loss.MEAN_SQUARED_ERROR : loss);
        }
    }

    /** One for all outputs, a list, or by the outputs' names. */
    private static JsonNode compiled(KerasModel model, int output, String name) {
        JsonNode all = model.loss().orElse(MissingNode.getInstance());
        boolean byName = all.isObject() && !all.has("class_name");
        return all.isArray() ? all.path(output) : byName ? all.path(name) : all;
    }

    private static boolean fits(Loss loss, Loss natural, Last last) {
        boolean mayBeNegative = !NOT_NEGATIVE.contains(last.activation());
        boolean asksNotNegative = loss == Loss.POISSON || loss == Loss.KL_DIVERGENCE;
        return (!loss.isCrossEntropy() || loss == natural) && !(asksNotNegative && mayBeNegative);
    }
}
