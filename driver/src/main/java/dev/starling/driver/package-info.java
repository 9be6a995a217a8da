/**
 * All that orchestrates Spark. {@code data} (files → blocks of rows → splits → what each replica gets), {@code training} (the gang as one barrier stage),
 * {@code evaluation} (the model over fixed blocks), {@code store} (run directories). Receives records; reads no arguments, no environment, no experiment file.
 */
package dev.starling.driver;
