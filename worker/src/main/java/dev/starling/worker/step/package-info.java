/**
 * The step: a batch becomes a gradient. {@code ReferenceStep} is DL4J's own forward and backward and works for every network; {@code plan} has the fast one. Depends on {@code network} and
 * {@code memory}.
 */
package dev.starling.worker.step;
