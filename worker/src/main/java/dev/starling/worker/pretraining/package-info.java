/** Greedy pre-training of layers, one by one, before the whole network is trained: what each stage trains, and where its result goes. Depends on {@code network}, {@code inspection} (an encoder cut off at a layer) and {@code gang}. */
package dev.starling.worker.pretraining;
