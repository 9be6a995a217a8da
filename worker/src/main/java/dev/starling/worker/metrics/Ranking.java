package dev.starling.worker.metrics;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The scores of positive and of negative examples, four bytes each, from which the area under the ROC curve is exact: the share of pairs of a
 * positive and a negative that are in order, ties counting half (Mann and Whitney, 1947). The order of adding and merging does not matter.
 */
final class Ranking {
    private float[] positives = new float[16];
    private float[] negatives = new float[16];
    private int positiveCount;
    private int negativeCount;

    void add(float score, boolean positive) {
        if (positive) {
            positives = withRoom(positives, positiveCount, 1);
            positives[positiveCount++] = score;
        } else {
            negatives = withRoom(negatives, negativeCount, 1);
            negatives[negativeCount++] = score;
        }
    }

    void addAll(Ranking other) {
        positives = withRoom(positives, positiveCount, other.positiveCount);
        System.arraycopy(other.positives, 0, positives, positiveCount, other.positiveCount);
        positiveCount += other.positiveCount;
        negatives = withRoom(negatives, negativeCount, other.negativeCount);
        System.arraycopy(other.negatives, 0, negatives, negativeCount, other.negativeCount);
        negativeCount += other.negativeCount;
    }

    private static float[] withRoom(float[] scores, int count, int more) {
        int needed = Math.addExact(count, more);
        return needed <= scores.length ? scores : Arrays.copyOf(scores, Math.max(needed, scores.length * 2));
    }

    void clear() {
        positiveCount = 0;
        negativeCount = 0;
    }

    /** In [0, 1]; 0 where there are not both positives and negatives. */
    double auc() {
        if (positiveCount == 0 || negativeCount == 0) {
            return 0;
        }
        float[] above = Arrays.copyOf(positives, positiveCount);
        float[] below = Arrays.copyOf(negatives, negativeCount);
        Arrays.sort(above);
        Arrays.sort(below);
        long halfPairs = 0;
        int smaller = 0;
        int smallerOrEqual = 0;
        for (float score : above) {
            while (smaller < below.length && below[smaller] < score) {
                smaller++;
            }
            while (smallerOrEqual < below.length && below[smallerOrEqual] <= score) {
                smallerOrEqual++;
            }
            halfPairs += (long) smaller + smallerOrEqual;
        }
        return halfPairs / (2.0 * above.length * below.length);
    }

    void write(DataOutputStream out) throws IOException {
        write(out, positives, positiveCount);
        write(out, negatives, negativeCount);
    }

    private static void write(DataOutputStream out, float[] scores, int count) throws IOException {
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            out.writeFloat(scores[i]);
        }
    }

    void read(DataInputStream in) throws IOException {
        positives = readScores(in);
        positiveCount = positives.length;
        negatives = readScores(in);
        negativeCount = negatives.length;
    }

    private static float[] readScores(DataInputStream in) throws IOException {
        float[] scores = new float[in.readInt()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = in.readFloat();
        }
        return scores;
    }
}
