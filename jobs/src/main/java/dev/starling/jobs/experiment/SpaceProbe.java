package dev.starling.jobs.experiment;

import dev.starling.driver.selection.search.space.Choice;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.jobs.experiment.tree.Reading;
import dev.starling.worker.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds parameters of a space that no value of theirs can be set to: the path is none of the experiment, say. Only some values of each are tried, the others being the file's; a value that makes the
 * experiment invalid is otherwise a trial that fails.
 *
 * @param problems what is wrong with the experiment under some overrides
 */
record SpaceProbe(Function<List<String>, List<String>> problems) {
    private static final String SET = "--set ";
    private static final List<Double> PLACES = List.of(0.0, 0.5, 1.0);

    /**
     * A parameter that cannot be set.
     *
     * @param found what is wrong with its first value
     */
    record Hopeless(String path, String found, String expected) {
        private static final String EXPECTED = " (expected ";

        /** @param problem a line without its place */
        static Hopeless of(Parameter parameter, String problem) {
            String own = parameter.path() + ": ";
            String line = problem.startsWith(own) ? problem.substring(own.length()) : problem;
            int at = line.indexOf(EXPECTED);
            String expected = line.substring(at + EXPECTED.length(), line.length() - 1);
            return new Hopeless(parameter.path(), line.substring(0, at), expected);
        }
    }

    List<Hopeless> hopeless(List<Parameter> parameters) {
        List<Hopeless> found = new ArrayList<>();
        parameters.forEach(p -> probe(p, List.of(), found));
        return found;
    }

    private void probe(Parameter parameter, List<String> before, List<Hopeless> found) {
        Optional<String> first = Optional.empty();
        boolean works = false;
        for (Setting setting : settings(parameter)) {
            String override = parameter.path() + "=" + setting.text();
            List<String> overrides = new ArrayList<>(before);
            overrides.add(override);
            Optional<Choice.Option> option = option(parameter, setting);
            List<Parameter> inner = option.map(Choice.Option::inner).orElse(List.of());
            List<String> within = inner.stream()
                    .map(i -> i.path() + "=" + settings(i).get(0).text())
                    .toList();
            Optional<String> problem = problem(override, overrides, within);
            works |= problem.isEmpty();
            first = first.or(() -> problem);
            if (problem.isEmpty()) {
                inner.forEach(i -> probe(i, withOthers(overrides, within, i), found));
            }
        }
        if (!works) {
            found.add(Hopeless.of(parameter, first.orElseThrow()));
        }
    }

    /** So that nothing beside the parameter is left open. */
    private static List<String> withOthers(List<String> overrides, List<String> within, Parameter parameter) {
        List<String> all = new ArrayList<>(overrides);
        within.stream()
                .filter(other -> !other.startsWith(parameter.path() + "="))
                .forEach(all::add);
        return all;
    }

    /** The experiment had none without the override, so that whatever there is now comes of it, but for what values inside or beside of it bring. */
    private Optional<String> problem(String override, List<String> overrides, List<String> within) {
        List<String> all = new ArrayList<>(overrides);
        all.addAll(within);
        String place = Reading.placeOf(override);
        return problems.apply(all).stream()
                .filter(p -> !p.startsWith(SET) || p.startsWith(place))
                .map(p -> p.startsWith(place) ? p.substring(place.length()) : p)
                .map(p -> p.substring(p.indexOf(": ") + 2))
                .findFirst();
    }

    private static List<Setting> settings(Parameter parameter) {
        if (parameter.dimension() instanceof Choice choice) {
            List<Setting> all = new ArrayList<>();
            for (int i = 0; i < choice.options().size(); i++) {
                all.add(choice.level(i));
            }
            return all;
        }
        return PLACES.stream().map(parameter.dimension()::at).toList();
    }

    private static Optional<Choice.Option> option(Parameter parameter, Setting setting) {
        return parameter.dimension() instanceof Choice choice && setting instanceof Setting.Chosen chosen
                ? Optional.of(choice.options().get(chosen.index()))
                : Optional.empty();
    }

    /** The lines of an error, or none. */
    static List<String> problemsOf(Runnable reading) {
        try {
            reading.run();
            return List.of();
        } catch (InvalidInput e) {
            return e.problems();
        }
    }
}
