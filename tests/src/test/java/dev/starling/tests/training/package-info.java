/** The invariants of training, through the trainer on a local Spark: same bits, every example once, large batches, plain DL4J, Keras's numbers. May use all modules. */
package dev.starling.tests.training;
