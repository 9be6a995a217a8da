package dev.starling.worker.data;

import java.util.List;

/** Classes as points of a space into which a network maps its inputs. The class of an output is that of the nearest point (Euclid; of equal ones the earlier class), whether it was ever trained or not. */
public final class Embeddings {
    private final float[][] points;

    /** @param points one a class, of equal lengths */
    public Embeddings(List<List<Double>> points) {
        this.points = new float[points.size()][];
        for (int c = 0; c < this.points.length; c++) {
            this.points[c] = new float[points.get(c).size()];
            for (int i = 0; i < this.points[c].length; i++) {
                this.points[c][i] = points.get(c).get(i).floatValue();
            }
        }
    }

    public int classes() {
        return points.length;
    }

    /** Numbers of a point. */
    public int dimensions() {
        return points[0].length;
    }

    /** Not copied: it must not change. */
    float[] point(int c) {
        return points[c];
    }

    /**
     * How near each class is.
     *
     * @param values outputs, or a target, from {@code at}
     * @return −‖values − point‖² for each
     */
    public float[] nearness(float[] values, int at) {
        float[] near = new float[points.length];
        for (int c = 0; c < near.length; c++) {
            double sum = 0;
            for (int i = 0; i < points[c].length; i++) {
                double difference = values[at + i] - points[c][i];
                sum += difference * difference;
            }
            near[c] = (float) -sum;
        }
        return near;
    }

    /** The class whose point is nearest. */
    public int nearest(float[] values, int at) {
        float[] near = nearness(values, at);
        int best = 0;
        for (int c = 1; c < near.length; c++) {
            best = near[c] > near[best] ? c : best;
        }
        return best;
    }

    /**
     * Probabilities of the classes if each spreads alike about its point: in the ratios of exp(−‖values − point‖²).
     *
     * @param values rows × dimensions
     * @return rows × classes, each row's sum 1
     */
    public float[] probabilities(float[] values, int rows) {
        float[] all = new float[rows * points.length];
        for (int row = 0; row < rows; row++) {
            float[] near = nearness(values, row * dimensions());
            float most = near[nearest(values, row * dimensions())];
            double sum = 0;
            for (float one : near) {
                sum += Math.exp(one - most);
            }
            for (int c = 0; c < near.length; c++) {
                all[row * near.length + c] = (float) (Math.exp(near[c] - most) / sum);
            }
        }
        return all;
    }
}
