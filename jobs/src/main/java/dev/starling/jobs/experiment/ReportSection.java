package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Value;
import dev.starling.jobs.figure.FigureSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code report}. */
final class ReportSection {
    private static final int DEFAULT_IMAGES = 10;
    private static final Choices<FigureSpec> FIGURES = Choices.<FigureSpec>none()
            .word("curves", new FigureSpec.Curves())
            .word("boundary", new FigureSpec.Boundary())
            .word("line", new FigureSpec.Line())
            .word("gradients", new FigureSpec.Gradients())
            .word("trajectories", new FigureSpec.Trajectories())
            .section("codes", "layer", ReportSection::codes)
            .section(
                    "images",
                    "count",
                    s -> new FigureSpec.Images(s.integer("count", DEFAULT_IMAGES, Range.from(1, 100))));

    private ReportSection() {}

    static List<FigureSpec> figures(Section section) {
        List<FigureSpec> figures = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Value item :
                section.find("figures", "[]").items("a list of figures").orElse(List.of())) {
            Optional<FigureSpec> figure = FIGURES.read(item);
            if (figure.isPresent() && !names.add(figure.get().name())) {
                item.refuse(figure.get().name() + " twice", "each figure once");
            }
            figure.ifPresent(figures::add);
        }
        return figures;
    }

    private static FigureSpec codes(Section section) {
        String layer = section.require("layer", "the name of a layer")
                .flatMap(Value::text)
                .orElse("");
        return new FigureSpec.Codes(layer, section.flag("pca", false));
    }
}
