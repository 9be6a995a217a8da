package dev.starling.jobs.experiment;

/**
 * An experiment as it was understood: variables replaced, overrides applied, paths absolute, defaults written out.
 *
 * @param text YAML; parsed anywhere it gives the same {@link Experiment}
 */
public record ResolvedYaml(String text) {}
