package dev.starling.worker.inspection;

/**
 * Multinomial logistic regression on a few columns, to tell how well planes separate classes there. Trained on all rows at once by Nesterov's accelerated gradient (1983) on standardised columns; the loss is convex, so there is
 * nothing to tune and no seed.
 */
public final class LinearClassifier {
    private static final int ITERATIONS = 500;

    private final double[] means;
    private final double[] deviations;
    /** classes × (columns + 1), the last one constant. */
    private final double[][] weights;

    private LinearClassifier(double[] means, double[] deviations, double[][] weights) {
        this.means = means;
        this.deviations = deviations;
        this.weights = weights;
    }

    /**
     * Fits.
     *
     * @param rows at least one, row by row
     * @param labels class numbers, one a row, from 0
     * @param classes how many there are
     */
    public static LinearClassifier fit(float[] rows, int[] labels, int classes) {
        int n = labels.length;
        int width = rows.length / n;
        double[] means = new double[width];
        double[] deviations = new double[width];
        for (int i = 0; i < rows.length; i++) {
            means[i % width] += (double) rows[i] / n;
        }
        for (int i = 0; i < rows.length; i++) {
            double centred = rows[i] - means[i % width];
            deviations[i % width] += centred * centred / n;
        }
        for (int j = 0; j < width; j++) {
            deviations[j] = deviations[j] > 0 ? Math.sqrt(deviations[j]) : 1;
        }
        LinearClassifier fitted = new LinearClassifier(means, deviations, new double[classes][width + 1]);
        fitted.train(rows, labels);
        return fitted;
    }

    /** The curvature of the loss is at most half the largest ‖x‖² in the mean, here at most (columns + 1) ÷ 2. */
    private void train(float[] rows, int[] labels) {
        int width = means.length;
        double rate = 2.0 / (width + 1);
        double[][] before = new double[weights.length][width + 1];
        double[] x = new double[width + 1];
        double[] p = new double[weights.length];
        for (int t = 0; t < ITERATIONS; t++) {
            double[][] gradient = new double[weights.length][width + 1];
            for (int r = 0; r < labels.length; r++) {
                scores(rows, r, x, p);
                softmax(p);
                for (int c = 0; c < p.length; c++) {
                    double error = (p[c] - (labels[r] == c ? 1 : 0)) / labels.length;
                    for (int j = 0; j <= width; j++) {
                        gradient[c][j] += error * x[j];
                    }
                }
            }
            double momentum = t / (t + 3.0);
            for (int c = 0; c < p.length; c++) {
                for (int j = 0; j <= width; j++) {
                    double next = weights[c][j] - rate * gradient[c][j];
                    weights[c][j] = next + momentum * (next - before[c][j]);
                    before[c][j] = next;
                }
            }
        }
        for (int c = 0; c < p.length; c++) {
            weights[c] = before[c];
        }
    }

    private void scores(float[] rows, int row, double[] x, double[] into) {
        int width = means.length;
        for (int j = 0; j < width; j++) {
            x[j] = (rows[row * width + j] - means[j]) / deviations[j];
        }
        x[width] = 1;
        for (int c = 0; c < weights.length; c++) {
            into[c] = SingularValues.dot(weights[c], x);
        }
    }

    private static void softmax(double[] p) {
        double most = Double.NEGATIVE_INFINITY;
        for (double v : p) {
            most = Math.max(most, v);
        }
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(p[i] - most);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
    }

    /** Share of rows whose class it finds. */
    public double accuracy(float[] rows, int[] labels) {
        double[] x = new double[means.length + 1];
        double[] score = new double[weights.length];
        int right = 0;
        for (int r = 0; r < labels.length; r++) {
            scores(rows, r, x, score);
            int best = 0;
            for (int c = 1; c < score.length; c++) {
                best = score[c] > score[best] ? c : best;
            }
            right += best == labels[r] ? 1 : 0;
        }
        return labels.length == 0 ? 0 : (double) right / labels.length;
    }
}
