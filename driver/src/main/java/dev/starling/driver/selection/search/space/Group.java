package dev.starling.driver.selection.search.space;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parameters that exist together: those of the space itself, or those of one option of a choice. Immutable. */
public final class Group {
    /** That a choice took an option. */
    private record Condition(String path, int option) {
        boolean holds(Point point) {
            return point.settings().get(path) instanceof Setting.Chosen chosen && chosen.index() == option;
        }
    }

    private final int number;
    private final int first;
    private final List<Parameter> parameters;
    private final List<Condition> conditions;
    private final Map<Condition, Group> inner = new HashMap<>();

    /** @param known all groups so far, in order; this one and those within are added */
    private Group(List<Parameter> parameters, List<Condition> conditions, List<Group> known) {
        this.number = known.size();
        this.first = known.stream().mapToInt(g -> g.parameters.size()).sum();
        this.parameters = parameters;
        this.conditions = List.copyOf(conditions);
        known.add(this);
        for (Parameter parameter : parameters) {
            if (parameter.dimension() instanceof Choice choice) {
                for (int i = 0; i < choice.options().size(); i++) {
                    addInner(
                            new Condition(parameter.path(), i), choice.options().get(i), known);
                }
            }
        }
    }

    private void addInner(Condition condition, Choice.Option option, List<Group> known) {
        if (!option.inner().isEmpty()) {
            List<Condition> all = new ArrayList<>(conditions);
            all.add(condition);
            inner.put(condition, new Group(option.inner(), all, known));
        }
    }

    /** All groups of a space, the outermost first. */
    static List<Group> of(List<Parameter> parameters) {
        List<Group> groups = new ArrayList<>();
        new Group(parameters, List.of(), groups);
        return List.copyOf(groups);
    }

    /** From 0, in the order of the space. */
    public int number() {
        return number;
    }

    /** The number of its first parameter among those of all groups. */
    public int first() {
        return first;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    /** Whether these parameters exist at a point. */
    public boolean existsAt(Point point) {
        return conditions.stream().allMatch(c -> c.holds(point));
    }

    /** The group that exists because of a setting. */
    Optional<Group> inner(Parameter parameter, Setting setting) {
        return setting instanceof Setting.Chosen chosen
                ? Optional.ofNullable(inner.get(new Condition(parameter.path(), chosen.index())))
                : Optional.empty();
    }
}
