package dev.starling.worker.pseudolabels;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import java.io.Serializable;

/**
 * How training rows without a label get one.
 *
 * @param clusters into which k-means parts the inputs of all training rows, ≥ 2
 * @param labelled how many training rows keep their label, in the classes' shares and at least one of each; the others count as unlabelled. 0: all keep theirs
 * @param nearest of a cluster's unlabelled rows the share, nearest its centre, that gets its label; in [0, 1], with 0 only labelled rows are left
 * @param iterations of k-means at most, ≥ 1
 * @param seed of the experiment
 */
public record PseudoLabelSpec(int clusters, int labelled, double nearest, int iterations, long seed)
        implements Serializable {
    /**
     * Checks that it fits the training rows.
     *
     * @param own rows that have a label of their own
     * @param all these, and those that never had one
     * @param classes of them
     * @throws InvalidInput with all that does not fit
     */
    public void check(long own, long all, int classes) {
        Problems problems = new Problems();
        if (labelled > 0 && (labelled < classes || labelled >= own)) {
            problems.add("Cannot use data.pseudoLabels.labelled: " + labelled + " (expected at least " + classes
                    + ", one of each class, and fewer than the " + own + " training rows)");
        }
        if (clusters > all) {
            problems.add("Cannot use data.pseudoLabels.clusters: " + clusters + " (expected at most " + all
                    + ", the number of training rows)");
        }
        problems.throwIfAny();
    }
}
