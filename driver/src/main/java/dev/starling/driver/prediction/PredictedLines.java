package dev.starling.driver.prediction;

import dev.starling.driver.data.ParsedBlock;
import dev.starling.worker.data.RawBlock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Lines of text for the rows of one block after the other, in pieces of about a megabyte, so that neither a task nor a message grows with the data. */
final class PredictedLines implements Iterator<byte[]> {
    private static final int PIECE = 1 << 20;

    private final PredictBlocks task;
    private final RowModel model;
    private final Iterator<ParsedBlock> blocks;
    private final int[] numbers = new int[PredictBlocks.BATCH];
    private RawBlock block;
    private int row;

    PredictedLines(PredictBlocks task, RowModel model, Iterator<ParsedBlock> blocks) {
        this.task = task;
        this.model = model;
        this.blocks = blocks;
    }

    @Override
    public boolean hasNext() {
        while ((block == null || row == block.rows()) && blocks.hasNext()) {
            block = blocks.next().block();
            model.turnTo(block);
            row = 0;
        }
        return block != null && row < block.rows();
    }

    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        StringBuilder text = new StringBuilder();
        int leftOut = 0;
        while (row < block.rows() && text.length() < PIECE) {
            int from = row;
            int rows = gather();
            leftOut += row - from - rows;
            if (rows > 0) {
                predict(rows, text);
            }
        }
        byte[] lines = text.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + lines.length)
                .putInt(leftOut)
                .put(lines)
                .array();
    }

    /** Takes rows until a batch is full or the block ends; says how many. */
    private int gather() {
        int rows = 0;
        while (rows < PredictBlocks.BATCH && row < block.rows()) {
            if (!task.leavesOut() || isComplete()) {
                numbers[rows++] = row;
            }
            row++;
        }
        return rows;
    }

    private boolean isComplete() {
        for (int column = 0; column < block.numericColumns(); column++) {
            if (Double.isNaN(block.number(row, column))) {
                return false;
            }
        }
        for (int column = 0; column < block.textColumns(); column++) {
            if (block.text(row, column).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void predict(int rows, StringBuilder text) {
        float[] outputs = model.outputs(Arrays.copyOf(numbers, rows));
        int width = outputs.length / rows;
        for (int i = 0; i < rows; i++) {
            text.append(task.firstRows()[block.index()] + numbers[i] + 1);
            task.table().append(outputs, i * width, text);
            text.append('\n');
        }
    }
}
