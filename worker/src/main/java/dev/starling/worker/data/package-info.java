/**
 * Examples inside one task. A {@code RawBlock} is a fixed run of records as read; a {@code Preparation} (fitted on training rows, stored with the model) turns
 * its rows into numbers; an {@code ExampleBlock} holds one replica's examples in one contiguous run of floats, which gathers shuffled batches ({@code EpochOrder})
 * into a step's buffers by bulk copies. {@code Seeds} and {@code Permutation} make every split and shuffle a function of seed and row number. Depends on {@code memory}
 * and {@code network} (shapes).
 */
package dev.starling.worker.data;
