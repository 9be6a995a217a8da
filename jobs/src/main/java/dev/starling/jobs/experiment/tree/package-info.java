/**
 * A YAML file as a tree with places, and typed readers over it. {@code YamlText} makes the tree, {@code Overrides} change it ({@code --set}),
 * {@code Section}, {@code Value} and {@code Choices} read it: they know which keys were asked for, so that a key that nobody asked for is
 * unknown; they collect every problem in {@code Reading} instead of stopping at the first; and they write down what they gave out, defaults
 * included, which is the resolved file. Knows nothing of experiments. Depends on snakeyaml, whose node API gives line numbers and leaves the
 * typing to us (YAML 1.1 would make {@code no} a boolean and {@code 1e-4} a text).
 */
package dev.starling.jobs.experiment.tree;
