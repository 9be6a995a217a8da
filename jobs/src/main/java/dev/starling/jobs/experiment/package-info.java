/**
 * The experiment file: from YAML text, overrides and environment to an {@code Experiment}, or to all that is wrong with it. {@code ExperimentText} is the file and
 * its surroundings, {@code ExperimentParser} the way in; one class per section reads its keys with the defaults ({@code DataSection}, {@code NetworkSection},
 * {@code TrainingSection}, {@code ClusterSection}), and {@code Consistency} checks what concerns several. {@code tree} holds the typed reader that they share.
 * The words are those of {@code conf/reference.yaml}, which a test holds against these classes. Depends on {@code worker}'s specs and {@code driver.data}'s.
 */
package dev.starling.jobs.experiment;
