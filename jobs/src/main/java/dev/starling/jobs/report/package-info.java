/**
 * A stored run as one HTML page that needs nothing else: curves, final metrics, confusion matrix, experiment and provenance. A pure function of what the store keeps;
 * everything that a user may have written is escaped. Depends on {@code driver.store}, for folds and trials on {@code driver.selection}, and on {@code experiment}, which says what a sweep's journal is about.
 *
 * <p>Decision: curves are SVG by a small class of our own. A charting library would bring a script of megabytes or a picture without text. The pictures of {@code figures} are embedded as they lie in the run.
 */
package dev.starling.jobs.report;
