package dev.starling.driver.selection.search.space;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A key of the experiment and the values it may take.
 *
 * @param path as {@code --set} takes it: {@code network.layers[0].dense.units}
 */
public record Parameter(String path, Dimension dimension) {
    /** Any number, all orders of magnitude equally likely. */
    public static Parameter logUniform(String path, double low, double high) {
        return new Parameter(path, new Dimension.LogUniform(low, high));
    }

    /** Any number, all equally likely. */
    public static Parameter uniform(String path, double low, double high) {
        return new Parameter(path, new Dimension.Uniform(low, high, OptionalDouble.empty()));
    }

    /** Whole numbers, both ends included. */
    public static Parameter integer(String path, long low, long high) {
        return new Parameter(path, new Dimension.Whole(low, high, 1, false));
    }

    /** One of these, which differ. */
    public static Parameter choice(String path, Object... options) {
        return new Parameter(
                path,
                new Choice(Arrays.stream(options)
                        .map(String::valueOf)
                        .map(text -> new Choice.Option(text, text, List.of()))
                        .toList()));
    }

    /** Whether setting one changes what the other is set to: they are the same key, or one lies in the other. */
    boolean overlaps(Parameter other) {
        return isWithin(path, other.path) || isWithin(other.path, path);
    }

    private static boolean isWithin(String inner, String outer) {
        return inner.startsWith(outer)
                && (inner.length() == outer.length() || ".[".indexOf(inner.charAt(outer.length())) >= 0);
    }
}
