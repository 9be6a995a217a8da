package dev.starling.driver.data;

import dev.starling.worker.data.RawBlock;
import java.io.Serializable;

/** Which split each row belongs to. Immutable; shipped to tasks. */
interface RowRule extends Serializable {
    /** The splits of a block's rows; null for a row that belongs to none. */
    SplitRule.BlockSplit over(RawBlock block);
}
