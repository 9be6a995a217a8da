package dev.starling.worker.metrics;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Sums of errors and targets, per output, over what is trained: z = (x − offset) ÷ divisor. The offset thus is the pivot about which targets are
 * summed, which keeps Σz² − (Σz)² ÷ n from cancelling where targets lie far from 0 and are scaled; divisors bring the sums back to the unit of x.
 */
final class ValueTotals extends Totals {
    /** A spread below this share of Σz² is rounding. */
    private static final double ROUNDING = 1e-14;

    private final double[] divisors;
    private final double[] squaredErrors;
    private final double[] absoluteErrors;
    private final double[] targetSums;
    private final double[] targetSquares;

    ValueTotals(Scoring.Regression scoring) {
        super(scoring);
        divisors = scoring.divisors().stream().mapToDouble(Double::doubleValue).toArray();
        squaredErrors = new double[divisors.length];
        absoluteErrors = new double[divisors.length];
        targetSums = new double[divisors.length];
        targetSquares = new double[divisors.length];
    }

    @Override
    void count(float[] outputs, float[] targets, int rows) {
        int width = divisors.length;
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < width; i++) {
                double target = targets[row * width + i];
                double error = outputs[row * width + i] - target;
                squaredErrors[i] += error * error;
                absoluteErrors[i] += Math.abs(error);
                targetSums[i] += target;
                targetSquares[i] += target * target;
            }
        }
    }

    @Override
    void merge(Totals other) {
        ValueTotals that = (ValueTotals) other;
        for (int k = 0; k < sums().length; k++) {
            double[] mine = sums()[k];
            double[] others = that.sums()[k];
            for (int i = 0; i < mine.length; i++) {
                mine[i] += others[i];
            }
        }
    }

    private double[][] sums() {
        return new double[][] {squaredErrors, absoluteErrors, targetSums, targetSquares};
    }

    @Override
    void forget() {
        for (double[] sum : sums()) {
            Arrays.fill(sum, 0);
        }
    }

    @Override
    void divide(Map<String, Double> values) {
        double squared = 0;
        double absolute = 0;
        double r2 = 0;
        double n = Math.max(1, examples());
        for (int i = 0; i < divisors.length; i++) {
            squared += squaredErrors[i] * divisors[i] * divisors[i] / n;
            absolute += absoluteErrors[i] * Math.abs(divisors[i]) / n;
            r2 += r2(i, n);
        }
        values.put("mse", squared / divisors.length);
        values.put("rmse", Math.sqrt(squared / divisors.length));
        values.put("mae", absolute / divisors.length);
        values.put("r2", r2 / divisors.length);
    }

    /** 1 − Σ(y − z)² ÷ Σ(z − mean)²; where targets do not vary, 1 if there is no error and else 0, as scikit-learn. */
    private double r2(int output, double n) {
        double spread = targetSquares[output] - targetSums[output] * targetSums[output] / n;
        if (spread > ROUNDING * targetSquares[output]) {
            return 1 - squaredErrors[output] / spread;
        }
        return squaredErrors[output] == 0 ? 1 : 0;
    }

    @Override
    Optional<ClassTable> classTable() {
        return Optional.empty();
    }

    @Override
    void write(DataOutputStream out) throws IOException {
        for (double[] sum : sums()) {
            for (double value : sum) {
                out.writeDouble(value);
            }
        }
    }

    @Override
    void read(DataInputStream in) throws IOException {
        for (double[] sum : sums()) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] = in.readDouble();
            }
        }
    }
}
