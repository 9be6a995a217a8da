package dev.starling.driver.selection.search.space;

import dev.starling.worker.Problems;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that a sweep may set. Immutable. */
public final class Space {
    private final List<Parameter> parameters;
    private final List<Group> groups;

    /**
     * @param parameters at least one, in the order in which they are set and in which a grid counts
     * @throws dev.starling.worker.InvalidInput if there is none, or one lies in another
     */
    public Space(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
        this.groups = Group.of(this.parameters);
        Problems problems = new Problems();
        if (parameters.isEmpty()) {
            problems.add("Cannot search an empty space (expected at least one path with its range)");
        }
        for (Flaw overlap : overlaps(parameters)) {
            problems.add(overlap.asError().getMessage());
        }
        problems.throwIfAny();
    }

    /** As {@link #Space(List)}. */
    public static Space of(Parameter... parameters) {
        return new Space(List.of(parameters));
    }

    /** Pairs of paths that set the same key. */
    public static List<Flaw> overlaps(List<Parameter> parameters) {
        List<Flaw> flaws = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (parameters.get(i).overlaps(parameters.get(j))) {
                    flaws.add(new Flaw(
                            parameters.get(i).path() + " beside "
                                    + parameters.get(j).path(),
                            "paths that do not lie in each other"));
                }
            }
        }
        return flaws;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    /** Those of the space itself come first. */
    public List<Group> groups() {
        return groups;
    }

    /** How many parameters there are, those of options included. */
    public int size() {
        return groups.stream().mapToInt(g -> g.parameters().size()).sum();
    }

    /** Paths of all parameters, those of options included, each once. */
    public List<String> paths() {
        return groups.stream()
                .flatMap(g -> g.parameters().stream())
                .map(Parameter::path)
                .distinct()
                .toList();
    }

    /** Those with this path; several where options of a choice have it each. */
    public List<Parameter> parametersAt(String path) {
        return groups.stream()
                .flatMap(g -> g.parameters().stream())
                .filter(p -> p.path().equals(path))
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Space space && parameters.equals(space.parameters);
    }

    @Override
    public int hashCode() {
        return parameters.hashCode();
    }

    @Override
    public String toString() {
        return parameters.toString();
    }

    /** How values are chosen: one for each parameter of a group, which exist together. */
    @FunctionalInterface
    public interface Source {
        List<Setting> choose(Group group);
    }

    /** A point: the source is asked for the space's own parameters, then for those of each option that it chose. */
    public Point draw(Source source) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        draw(groups.get(0), source, settings);
        return new Point(settings);
    }

    private static void draw(Group group, Source source, Map<String, Setting> settings) {
        List<Setting> chosen = source.choose(group);
        for (int i = 0; i < chosen.size(); i++) {
            Parameter parameter = group.parameters().get(i);
            settings.put(parameter.path(), chosen.get(i));
            group.inner(parameter, chosen.get(i)).ifPresent(inner -> draw(inner, source, settings));
        }
    }

    /** How many points there are; empty where a parameter is continuous. */
    public Optional<BigInteger> points() {
        return points(parameters);
    }

    private static Optional<BigInteger> points(List<Parameter> parameters) {
        BigInteger product = BigInteger.ONE;
        for (Parameter parameter : parameters) {
            Optional<BigInteger> here = points(parameter.dimension());
            if (here.isEmpty()) {
                return Optional.empty();
            }
            product = product.multiply(here.get());
        }
        return Optional.of(product);
    }

    /** Of one dimension, with all that lies in its options. */
    static Optional<BigInteger> points(Dimension dimension) {
        if (!(dimension instanceof Choice choice)) {
            return dimension.levels();
        }
        BigInteger sum = BigInteger.ZERO;
        for (Choice.Option option : choice.options()) {
            Optional<BigInteger> inside = points(option.inner());
            if (inside.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.add(inside.get());
        }
        return Optional.of(sum);
    }

    /** The point with this number: the last parameter changes fastest, and what lies in an option faster than the choice. */
    public Point point(long index) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        count(parameters, BigInteger.valueOf(index), settings);
        return new Point(settings);
    }

    private static void count(List<Parameter> parameters, BigInteger index, Map<String, Setting> settings) {
        BigInteger rest = index;
        for (int i = 0; i < parameters.size(); i++) {
            BigInteger below =
                    points(parameters.subList(i + 1, parameters.size())).orElseThrow();
            count(parameters.get(i), rest.divide(below), settings);
            rest = rest.mod(below);
        }
    }

    private static void count(Parameter parameter, BigInteger index, Map<String, Setting> settings) {
        if (!(parameter.dimension() instanceof Choice choice)) {
            settings.put(parameter.path(), parameter.dimension().level(index.longValueExact()));
            return;
        }
        BigInteger rest = index;
        int option = 0;
        BigInteger inside = points(choice.options().get(0).inner()).orElseThrow();
        while (rest.compareTo(inside) >= 0) {
            rest = rest.subtract(inside);
            inside = points(choice.options().get(++option).inner()).orElseThrow();
        }
        settings.put(parameter.path(), choice.level(option));
        count(choice.options().get(option).inner(), rest, settings);
    }

    /**
     * The point that these labels tell, as {@link Setting#label}.
     *
     * @throws IllegalArgumentException if a parameter's is missing or none of its values
     */
    public Point parse(Map<String, String> labels) {
        return draw(group -> group.parameters().stream()
                .map(p -> Optional.ofNullable(labels.get(p.path()))
                        .flatMap(p.dimension()::parse)
                        .orElseThrow(() -> new IllegalArgumentException(p.path() + " is " + labels.get(p.path())
                                + " (expected " + p.dimension().describe() + ")")))
                .toList());
    }
}
