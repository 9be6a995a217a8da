package dev.starling.driver.data;

import java.util.List;

/**
 * What one pass over a block can find; small, so that the driver collects those of all blocks. Public for its serializer alone.
 *
 * @param index of the block
 * @param rows kept
 * @param classNames distinct classes of the block, in the order of their appearance; empty where the target is not classes
 * @param classCounts rows of each
 * @param classWhere where each appeared first: a line number of a CSV file, an item number of an IDX file, from 1
 * @param missing values that are to become the mean, per numeric column
 * @param problems the first ones, as messages
 * @param problemCount all of them
 * @param sha256 of the block's content
 */
public record BlockFacts(
        int index,
        int rows,
        String[] classNames,
        int[] classCounts,
        long[] classWhere,
        int[] missing,
        List<String> problems,
        int problemCount,
        byte[] sha256) {
    public BlockFacts {
        problems = List.copyOf(problems);
    }
}
