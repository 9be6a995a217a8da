package dev.starling.jobs.experiment;

import dev.starling.driver.data.DataSpec;
import dev.starling.driver.selection.crossvalidation.CrossValidationSpec;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.training.FaultSpec;
import dev.starling.jobs.figure.FigureSpec;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.TargetCoding;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.network.Heritage;
import dev.starling.worker.network.LabelSmoothing;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Wiring;
import java.util.List;
import java.util.Optional;

/**
 * What a user asks for: one network, trained on one data set.
 *
 * @param name letters, digits, - and _
 * @param input shape of one example, if the file says it
 * @param layers {@code repeat} expanded, every layer named
 * @param wiring how the layers are joined
 * @param origin the stored model that it begins from, if there is one
 * @param origins where that was found
 * @param metrics names from metrics.json that the user follows beside the loss
 * @param sweep what the command {@code sweep} tries; empty where the file has none
 * @param figures that a run gets
 * @param resolved the file as it was understood, for the run directory
 */
public record Experiment(
        String name,
        long seed,
        DataSpec data,
        Optional<Shape> input,
        List<LayerSpec> layers,
        Wiring wiring,
        Loss loss,
        LabelSmoothing smoothing,
        Heritage heritage,
        Optional<Origin> origin,
        Origins origins,
        TrainingSpec training,
        List<String> metrics,
        Replicas replicas,
        FaultSpec faults,
        Optional<SweepSpec> sweep,
        Optional<CrossValidationSpec> crossValidation,
        List<FigureSpec> figures,
        ResolvedYaml resolved) {
    public Experiment {
        layers = List.copyOf(layers);
        metrics = List.copyOf(metrics);
        figures = List.copyOf(figures);
    }

    /** The network on inputs of this shape: the file's own, or else what the data say. */
    public NetworkSpec network(Shape shape) {
        return new NetworkSpec(shape, layers, wiring, loss, smoothing, heritage);
    }

    /** The preparation of the model that it begins from, where the output layer is that model's too: its classes, and the unit of its outputs, are then those of the data. */
    public Optional<Preparation> storedPreparation() {
        return origin.filter(o -> o.network().layers().equals(layers)).flatMap(Origin::preparation);
    }

    /** What a unit of work trains. */
    public Recipe recipe() {
        return Recipe.of(data, layers, loss, smoothing, heritage, input, training)
                .wired(wiring);
    }

    /**
     * Tells what the file alone can tell of sizes: layers that do not fit each other, and an output that is not like the input where that is the target.
     *
     * @throws dev.starling.worker.InvalidInput with what does not fit
     */
    public void requireFit() {
        input.ifPresent(shape -> {
            Shape output = NetworkLayout.of(network(shape)).output();
            // Of several outputs the data's preparation tells.
            if (wiring.outputs().size() < 2) {
                TargetCoding.requireFit(shape, output, loss, data.targetIsInput());
            }
        });
    }
}
