/**
 * Pictures of a trained model, written into its run as {@code figures/*.png} where {@code report.figures} asks for them: curves, the boundary between classes of two
 * inputs, a curve through points of one, codes of a layer, images. {@code FigureSpec} is what may be asked for, {@code Figures} draws; one class per picture. Depends on
 * {@code driver.data}, {@code driver.store} and the worker.
 *
 * <p>Decision: charts are XChart's (Apache 2.0, one jar of 0.4 MB, nothing behind it): PNG without a display. Java's fonts it needs all the same, which {@code Fonts} finds
 * out before a job begins. Models are asked on the driver: a picture takes some thousand rows at most.
 */
package dev.starling.jobs.figure;
