/**
 * The command line: what may be said ({@code Program}, one class per command), how it ends (exit status 0, 1, 2, 130), and the wiring of a job: {@code TrainJob}
 * is the way of the data on one page. Commands that need no Spark touch no class of Spark or DL4J, so that they answer at once: what does stands in
 * {@code …Job} classes, which a command's class names only in its {@code call}. Depends on every other package of this module and on {@code driver}.
 */
package dev.starling.jobs.command;
