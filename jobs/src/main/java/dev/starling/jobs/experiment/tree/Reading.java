package dev.starling.jobs.experiment.tree;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One reading of one file: its environment, every problem found so far, the keys that were asked for, and what was given out. Paths are written as
 * {@code --set} takes them, {@code network.layers[0].dense.units}; in known keys the index is left out, {@code network.layers[].dense.units}.
 * Not thread-safe.
 */
public final class Reading {
    /** One problem; {@code unset} if it is a variable, which does not matter to whoever does not need the value. */
    private record Finding(Place place, String path, String found, String expected, boolean unset) {}

    private final Variables variables;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> unlisted = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Set<String> known = new TreeSet<>();
    private final Map<String, Object> resolved = new LinkedHashMap<>();
    private String hint = "";

    /**
     * Begins a reading.
     *
     * @param environment where variables come from
     */
    public Reading(Map<String, String> environment) {
        this.variables = new Variables(environment);
    }

    /**
     * Parses a file and applies overrides.
     *
     * @param source the file's name as errors show it
     * @param overrides {@code key=value}, the text behind {@code --set}
     * @param firstKey of an entry of a list that may be written with a bare value, {@code dense: 64}: the key that the value stands for
     * @return the file's top
     * @throws InvalidInput if the text is no YAML, or not sections with keys
     */
    public Section open(
            String source, String text, List<String> overrides, Function<String, Optional<String>> firstKey) {
        Node root = YamlText.parse(this, new Place(source, 1), text);
        if (!(root instanceof Node.Mapping)) {
            throw new InvalidInput(root.place() + ": " + root.describe() + " (expected keys such as data, network)");
        }
        for (String override : overrides) {
            try {
                root = Overrides.apply(this, root, override, firstKey);
            } catch (InvalidInput e) {
                unlisted.addAll(e.problems());
            }
        }
        places.put("", root.place());
        return new Section(this, "", (Node.Mapping) root, resolved, true);
    }

    /** Where problems of an override are said to be. */
    public static String placeOf(String override) {
        return Overrides.place(override).toString();
    }

    /** Adds a problem with a key that was read, or with its absence. */
    public void problemAt(String path, String found, String expected) {
        String at = path;
        while (!places.containsKey(at)) {
            at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
        }
        problem(places.get(at), path, found, expected);
    }

    /** Whether the file or an override has the key; it must have been asked for. */
    public boolean wasWritten(String path) {
        return places.containsKey(path);
    }

    /** What to add where a variable is not set: how the user comes by it. */
    public void explainUnset(String text) {
        hint = "; " + text;
    }

    /** Every key that was asked for, and every option of every choice, in alphabetical order. */
    public Set<String> known() {
        return Set.copyOf(known);
    }

    /** What was given out, defaults included, as YAML that reads as the same. */
    public String resolvedText() {
        return YamlText.write(resolved);
    }

    /**
     * Call after everything was read.
     *
     * @param needless paths of values that are not needed: a variable that is not set there is no problem
     * @throws InvalidInput with every problem, in the order of the file
     */
    public void finish(Predicate<String> needless) {
        List<Section> opened = List.copyOf(sections);
        opened.forEach(Section::reportUnknown);
        Problems problems = new Problems();
        findings.stream()
                .filter(f -> !(f.unset && needless.test(f.path)))
                .sorted(Comparator.comparingInt(f -> f.place.line() == 0 ? Integer.MAX_VALUE : f.place.line()))
                .map(f -> f.place + ": " + (f.path.isEmpty() ? "" : f.path + ": ") + f.found + " (expected "
                        + f.expected + (f.unset ? hint : "") + ")")
                .distinct()
                .forEach(problems::add);
        problems.addAll(unlisted);
        problems.throwIfAny();
    }

    void problem(Place place, String path, String found, String expected) {
        findings.add(new Finding(place, path, found, expected, false));
    }

    void unset(Place place, String path, String name) {
        findings.add(new Finding(
                place, path, "${" + name + "}, which is not set", "the environment variable " + name, true));
    }

    void opened(Section section) {
        sections.add(section);
    }

    void written(String path, Place place) {
        places.put(path, place);
    }

    void know(String path) {
        known.add(path.replaceAll("\\[[0-9]+]", "[]"));
    }

    /** A known key of another section that ends as this one. */
    Optional<String> elsewhere(String key) {
        return known.stream().filter(path -> path.endsWith("." + key)).findFirst();
    }

    Variables variables() {
        return variables;
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
