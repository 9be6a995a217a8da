/**
 * The DL4J network that a description makes: {@code Dl4jNetwork} builds stock configuration, a sequence or a graph, and {@code Dl4jTranslation} reads one back. What DL4J lacks or has
 * wrong (activations, losses, noise, penalties on activities, frozen normalisation) stands here as layers and functions of our own in its terms; {@code OwnFunctions} puts stock ones in their
 * place before a model is stored, so that stock DL4J reads it. Depends on {@code network}, which knows nothing of it, and on DL4J.
 */
package dev.starling.worker.network.dl4j;
