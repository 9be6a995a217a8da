package dev.starling.jobs.experiment;

import dev.starling.driver.selection.crossvalidation.CrossValidationSpec;
import dev.starling.driver.selection.folds.FoldSpec;
import dev.starling.driver.selection.folds.FoldSpec.Folding;
import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code crossValidation}. */
final class CrossValidationSection {
    private static final int DEFAULT_FOLDS = 5;
    private static final Range FOLDS = new Range(", at least 2", x -> x >= 2);
    private static final Choices<Folding> FOLDINGS = Choices.<Folding>none()
            .word("leaveOneOut", new Folding.LeaveOneOut())
            .otherwise("a whole number, at least 2", v -> v.integer(FOLDS).map(Folding.Count::new));

    private CrossValidationSection() {}

    static CrossValidationSpec read(Section section) {
        Optional<Integer> models = section.find("bootstrap").flatMap(v -> v.integer(FOLDS));
        return models.isPresent() ? samples(section, models.get()) : folds(section);
    }

    /** Models of bootstrap samples: what lays folds has no place beside it. */
    private static CrossValidationSpec samples(Section section, int models) {
        boolean stratified = section.flag("stratified", true);
        Optional<String> group = section.find("groupBy").flatMap(Value::text);
        for (String other : List.of("folds", "orderBy", "foldColumn")) {
            if (section.find(other).isPresent()) {
                section.refuse(other, "beside bootstrap", "one of the two");
            }
        }
        if (section.integer("repeats", 1, Range.COUNT) > 1) {
            section.refuse("repeats", "beside bootstrap", "1, or more models");
        }
        if (section.flag("nested", false)) {
            section.refuse("nested", "beside bootstrap", "false, or folds");
        }
        FoldSpec spec = new FoldSpec(new Folding.Bootstrap(models), stratified, group, 1);
        return new CrossValidationSpec(spec, false, section.flag("keepModels", false));
    }

    private static CrossValidationSpec folds(Section section) {
        Folding folding = section.choice("folds", String.valueOf(DEFAULT_FOLDS), FOLDINGS);
        boolean stratified = section.flag("stratified", true);
        int repeats = section.integer("repeats", 1, Range.COUNT);
        List<String> written = new ArrayList<>();
        Optional<String> group = column(section, "groupBy", written);
        Optional<String> order = column(section, "orderBy", written);
        Optional<String> fold = column(section, "foldColumn", written);
        if (written.size() > 1) {
            section.refuse(written.get(1), "beside " + written.get(0), "one of the two");
        }
        if (order.isPresent() && folding instanceof Folding.LeaveOneOut) {
            section.refuse("orderBy", "beside folds: leaveOneOut", "a number of folds");
        }
        int count = folding instanceof Folding.Count number ? number.folds() : DEFAULT_FOLDS;
        Folding laid = order.<Folding>map(column -> new Folding.Forward(column, count))
                .or(() -> fold.map(Folding.Column::new))
                .orElse(folding);
        boolean repeatable = laid instanceof Folding.Count;
        if (repeats > 1 && !repeatable) {
            section.refuse("repeats", repeats + " beside " + laid.label(), "1, as the folds are the same each time");
        }
        boolean grouped = repeatable || laid instanceof Folding.LeaveOneOut;
        FoldSpec spec = new FoldSpec(laid, stratified, group.filter(g -> grouped), repeatable ? repeats : 1);
        return new CrossValidationSpec(spec, section.flag("nested", false), section.flag("keepModels", false));
    }

    private static Optional<String> column(Section section, String key, List<String> written) {
        Optional<String> column = section.find(key).flatMap(Value::text);
        column.ifPresent(name -> written.add(key));
        return column;
    }
}
