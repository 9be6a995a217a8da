package dev.starling.driver.data;

import java.util.List;

/**
 * Classes as points of a space, which the network is asked for in the place of classes.
 *
 * @param path of a CSV file whose first line names its columns: the class, then the numbers of its point
 * @param unseen classes that are never trained: all their rows of the training source are test rows
 */
public record EmbeddingSpec(String path, List<String> unseen) {
    public EmbeddingSpec {
        unseen = List.copyOf(unseen);
    }
}
