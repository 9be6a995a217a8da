package dev.starling.driver.selection.search.space;

/**
 * A key of the experiment and the values it may take.
 *
 * @param path as {@code --set} takes it: {@code network.layers[0].dense.units}
 */
public record Parameter(String path, Dimension dimension) {
    /** Whether setting one changes what the other is set to: they are the same key, or one lies in the other. */
    boolean overlaps(Parameter other) {
        return isWithin(path, other.path) || isWithin(other.path, path);
    }

    private static boolean isWithin(String inner, String outer) {
        return inner.startsWith(outer)
                && (inner.length() == outer.length() || ".[".indexOf(inner.charAt(outer.length())) >= 0);
    }
}
