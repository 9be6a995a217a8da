package dev.starling.driver.data;

import dev.starling.worker.data.RawBlock;

/** A block and what was found while it was read. Public for its serializer alone. */
public record ParsedBlock(RawBlock block, BlockFacts facts) {}
