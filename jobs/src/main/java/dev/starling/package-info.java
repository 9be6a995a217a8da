/** The main class, which spark-submit and the launcher name. Depends on {@code jobs.command}. */
package dev.starling;
