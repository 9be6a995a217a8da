/**
 * A stored model on rows without a target: blocks of rows become lines of a CSV in the tasks that hold them, and one file at the end. What the lines say is an {@code OutputTable}'s
 * choice. Depends on {@code data}, {@code files} and the worker.
 */
package dev.starling.driver.prediction;
