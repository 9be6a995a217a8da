package dev.starling.jobs.figure;

import dev.starling.driver.store.RunHistory;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws what an experiment asks for, and tells before training what cannot be drawn. */
public final class Figures {
    private Figures() {}

    /**
     * Does nothing where no figures are asked for.
     *
     * @throws dev.starling.worker.InvalidInput if this machine cannot draw
     */
    public static void requireFonts(List<FigureSpec> figures) {
        if (!figures.isEmpty()) {
            Fonts.require();
        }
    }

    /** @throws dev.starling.worker.InvalidInput with every figure that does not suit network or data */
    public static void requireDrawable(List<FigureSpec> figures, NetworkSpec network, Preparation preparation) {
        Problems problems = new Problems();
        for (FigureSpec figure : figures) {
            misfit(figure, network, preparation)
                    .ifPresent(why -> problems.add("Cannot draw figure " + figure.name() + ": " + why));
        }
        problems.throwIfAny();
    }

    /**
     * Does nothing where no trajectories are asked for.
     *
     * @param swept keys of the sweep's space
     * @param validates whether trials are measured on validation rows
     * @throws dev.starling.worker.InvalidInput if such a sweep shows no ways through training
     */
    public static void requireTrajectories(List<FigureSpec> figures, Collection<String> swept, boolean validates) {
        if (asksForOutputs(figures) && (!validates || !swept.contains(TrajectoriesFigure.EPOCHS))) {
            throw new InvalidInput("Cannot draw figure trajectories: the sweep "
                    + (validates ? "has no " + TrajectoriesFigure.EPOCHS + " in its space" : "measures folds")
                    + " (expected trials of several numbers of epochs, measured on validation rows)");
        }
    }

    private static Optional<String> misfit(FigureSpec figure, NetworkSpec network, Preparation preparation) {
        if (figure instanceof FigureSpec.Boundary) {
            return numbers(preparation) == 2
                    ? Optional.empty()
                    : Optional.of("the network has " + inputs(preparation) + " (expected two, both numbers)");
        } else if (figure instanceof FigureSpec.Line) {
            boolean fits = numbers(preparation) == 1 && preparation.target() instanceof Target.Values;
            return fits
                    ? Optional.empty()
                    : Optional.of("the network has " + inputs(preparation)
                            + (preparation.target() instanceof Target.Values ? "" : ", and its target is no number")
                            + " (expected one number, and a number as the target)");
        } else if (figure instanceof FigureSpec.Trajectories) {
            return Optional.of("it is drawn of many trainings (expected the command sweep)");
        } else if (figure instanceof FigureSpec.Codes codes) {
            return codes(codes.layer(), NetworkLayout.of(network));
        } else if (figure instanceof FigureSpec.Images && !(network.input() instanceof Shape.Image)) {
            return Optional.of(
                    "the input has shape " + network.input().dimensions() + " (expected [height, width, channels])");
        }
        return Optional.empty();
    }

    private static Optional<String> codes(String name, NetworkLayout layout) {
        Optional<LayerLayout> layer = layout.layers().stream()
                .filter(l -> l.spec().name().equals(name))
                .findFirst();
        if (layer.isEmpty()) {
            List<String> names =
                    layout.layers().stream().map(l -> l.spec().name()).toList();
            return Optional.of("there is no layer " + name + " (expected one of " + String.join(", ", names) + ")");
        }
        Shape output = layer.get().output();
        return output instanceof Shape.Flat && output.size() >= 2
                ? Optional.empty()
                : Optional.of("its output has shape " + output.dimensions() + " (expected one axis of at least 2)");
    }

    /** Inputs that are numbers of their own, if all others are products of them; else −1. */
    private static int numbers(Preparation preparation) {
        List<Feature> features = preparation.features();
        return features.stream().noneMatch(Feature.Categorical.class::isInstance)
                ? (int) features.stream()
                        .filter(Feature.Numeric.class::isInstance)
                        .count()
                : -1;
    }

    private static String inputs(Preparation preparation) {
        return preparation.featureSize() == 1 ? "1 input" : preparation.featureSize() + " inputs";
    }

    /** In the order in which they are asked for. */
    public static List<Figure> draw(List<FigureSpec> figures, Drawn drawn) {
        return figures.stream().map(figure -> figure(figure, drawn)).toList();
    }

    /**
     * Of several trainings what can be drawn of them.
     *
     * @param histories by what tells them apart, in their order
     * @param outputs of those that kept some, where {@link #asksForOutputs}
     */
    public static List<Figure> draw(
            List<FigureSpec> figures, Map<String, RunHistory> histories, List<TrialOutputs> outputs) {
        List<Figure> drawn = new ArrayList<>();
        for (FigureSpec figure : figures) {
            if (figure instanceof FigureSpec.Curves) {
                drawn.add(new Figure(figure.name(), CurvesFigure.png(histories, "loss"), Optional.empty()));
            } else if (figure instanceof FigureSpec.Trajectories && !outputs.isEmpty()) {
                drawn.add(TrajectoriesFigure.of(figure.name(), outputs));
            }
        }
        return drawn;
    }

    /** Whether a sweep has to keep what its trials say of the validation rows. */
    public static boolean asksForOutputs(List<FigureSpec> figures) {
        return figures.stream().anyMatch(FigureSpec.Trajectories.class::isInstance);
    }

    private static Figure figure(FigureSpec figure, Drawn drawn) {
        if (figure instanceof FigureSpec.Gradients) {
            List<LayerGradients> layers = LayerGradients.of(drawn);
            return new Figure(figure.name(), GradientsFigure.png(layers), Optional.of(LayerGradients.csv(layers)));
        }
        return new Figure(figure.name(), png(figure, drawn), Optional.empty());
    }

    private static byte[] png(FigureSpec figure, Drawn drawn) {
        if (figure instanceof FigureSpec.Boundary) {
            return BoundaryFigure.png(drawn);
        } else if (figure instanceof FigureSpec.Line) {
            return LineFigure.png(drawn);
        } else if (figure instanceof FigureSpec.Codes codes) {
            return CodesFigure.png(drawn, codes);
        } else if (figure instanceof FigureSpec.Images images) {
            return ImagesFigure.png(drawn, images.count());
        }
        return CurvesFigure.png(drawn.history());
    }
}
