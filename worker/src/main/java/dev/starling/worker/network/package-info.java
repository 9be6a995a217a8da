/**
 * What is trained: layers, shapes, parameters and their first values, as values without behaviour of training, and the DL4J
 * network that they make. {@code NetworkSpec} is what an experiment says; {@code NetworkLayout} gives every layer's output shape and every
 * parameter's place in the flat vector without touching DL4J (so that {@code summary} starts in no time); {@code dl4j} builds
 * the DL4J network from it. Depends on {@code memory}.
 */
package dev.starling.worker.network;
