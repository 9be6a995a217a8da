package dev.starling.driver.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.starling.driver.data.BlockFacts;
import dev.starling.driver.data.ColumnSums;
import dev.starling.driver.data.ParsedBlock;
import dev.starling.worker.data.RawBlock;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.Split;
import java.util.List;

/** Serializers of what the data's way ships. */
final class DataSerializers {
    private DataSerializers() {}

    static void register(Kryo kryo) {
        kryo.register(RawBlock.class, new OfRawBlock());
        kryo.register(BlockFacts.class, new OfBlockFacts());
        kryo.register(ParsedBlock.class, new OfParsedBlock());
        kryo.register(RowChunk.class, new OfRowChunk());
        kryo.register(ColumnSums.class, new OfColumnSums());
    }

    private static final class OfRawBlock extends Serializer<RawBlock> {
        @Override
        public void write(Kryo kryo, Output out, RawBlock block) {
            out.writeInt(block.index());
            out.writeInt(block.rows());
            BulkArrays.write(out, block.numbers());
            BulkArrays.write(out, block.bytes());
            BulkArrays.write(out, block.codes());
            BulkArrays.write(out, block.dictionaries());
        }

        @Override
        public RawBlock read(Kryo kryo, Input in, Class<RawBlock> type) {
            return new RawBlock(
                    in.readInt(),
                    in.readInt(),
                    BulkArrays.readDoubles(in),
                    BulkArrays.readBytes(in),
                    BulkArrays.readInts(in),
                    BulkArrays.readTables(in));
        }
    }

    private static final class OfBlockFacts extends Serializer<BlockFacts> {
        @Override
        public void write(Kryo kryo, Output out, BlockFacts facts) {
            out.writeInt(facts.index());
            out.writeInt(facts.rows());
            BulkArrays.write(out, facts.classNames());
            BulkArrays.write(out, facts.classCounts());
            BulkArrays.write(out, facts.classWhere());
            BulkArrays.write(out, facts.missing());
            BulkArrays.write(out, facts.problems().toArray(String[]::new));
            out.writeInt(facts.problemCount());
            BulkArrays.write(out, facts.sha256());
        }

        @Override
        public BlockFacts read(Kryo kryo, Input in, Class<BlockFacts> type) {
            return new BlockFacts(
                    in.readInt(),
                    in.readInt(),
                    BulkArrays.readStrings(in),
                    BulkArrays.readInts(in),
                    BulkArrays.readLongs(in),
                    BulkArrays.readInts(in),
                    List.of(BulkArrays.readStrings(in)),
                    in.readInt(),
                    BulkArrays.readBytes(in));
        }
    }

    private static final class OfParsedBlock extends Serializer<ParsedBlock> {
        @Override
        public void write(Kryo kryo, Output out, ParsedBlock parsed) {
            kryo.writeObject(out, parsed.block());
            kryo.writeObject(out, parsed.facts());
        }

        @Override
        public ParsedBlock read(Kryo kryo, Input in, Class<ParsedBlock> type) {
            return new ParsedBlock(kryo.readObject(in, RawBlock.class), kryo.readObject(in, BlockFacts.class));
        }
    }

    private static final class OfRowChunk extends Serializer<RowChunk> {
        @Override
        public void write(Kryo kryo, Output out, RowChunk chunk) {
            out.writeString(chunk.split().name());
            out.writeInt(chunk.block());
            BulkArrays.write(out, chunk.slots());
            out.writeInt(chunk.width());
            BulkArrays.write(out, chunk.values());
        }

        @Override
        public RowChunk read(Kryo kryo, Input in, Class<RowChunk> type) {
            return new RowChunk(
                    Split.valueOf(in.readString()),
                    in.readInt(),
                    BulkArrays.readInts(in),
                    in.readInt(),
                    BulkArrays.readFloats(in));
        }
    }

    private static final class OfColumnSums extends Serializer<ColumnSums> {
        @Override
        public void write(Kryo kryo, Output out, ColumnSums sums) {
            out.writeInt(sums.block());
            BulkArrays.write(out, sums.counts());
            BulkArrays.write(out, sums.sums());
            BulkArrays.write(out, sums.squares());
            BulkArrays.write(out, sums.minima());
            BulkArrays.write(out, sums.maxima());
            BulkArrays.write(out, sums.categories());
        }

        @Override
        public ColumnSums read(Kryo kryo, Input in, Class<ColumnSums> type) {
            return new ColumnSums(
                    in.readInt(),
                    BulkArrays.readLongs(in),
                    BulkArrays.readDoubles(in),
                    BulkArrays.readDoubles(in),
                    BulkArrays.readDoubles(in),
                    BulkArrays.readDoubles(in),
                    BulkArrays.readTables(in));
        }
    }
}
