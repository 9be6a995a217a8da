package dev.starling.driver.selection.search.space;

import dev.starling.worker.InvalidInput;

/**
 * What is wrong with a range.
 *
 * @param found what it says
 * @param expected what it should
 */
public record Flaw(String found, String expected) {
    public InvalidInput asError() {
        return new InvalidInput("Cannot search " + found + " (expected " + expected + ")");
    }
}
