/** What {@code inspect} writes into a run: tables, images and a summary of what a network has learned. Depends on {@code jobs.figure}, {@code driver} and {@code worker.inspection}. */
package dev.starling.jobs.inspection;
