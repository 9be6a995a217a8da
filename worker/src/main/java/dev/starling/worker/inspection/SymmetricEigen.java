package dev.starling.worker.inspection;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvalues, the largest first, and eigenvectors of a symmetric matrix, by Jacobi's cyclic rotations (Golub and Van Loan, Matrix Computations, 8.5).
 *
 * @param values n of them
 * @param vectors n × n: row i is the unit vector of value i
 */
record SymmetricEigen(double[] values, double[][] vectors) {
    private static final int SWEEPS = 60;
    private static final double ROUNDING = 1e-15;

    /** @param matrix n × n, symmetric; changed */
    static SymmetricEigen of(double[][] matrix) {
        int n = matrix.length;
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            rows[i][i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS && offDiagonal(matrix) > ROUNDING * diagonal(matrix); sweep++) {
            for (int p = 0; p < n - 1; p++) {
                for (int q = p + 1; q < n; q++) {
                    if (matrix[p][q] != 0) {
                        rotate(matrix, rows, p, q);
                    }
                }
            }
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -matrix[i][i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] values = new double[n];
        double[][] vectors = new double[n][];
        for (int i = 0; i < n; i++) {
            values[i] = matrix[order[i]][order[i]];
            vectors[i] = rows[order[i]];
        }
        return new SymmetricEigen(values, vectors);
    }

    private static void rotate(double[][] a, double[][] rows, int p, int q) {
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < a.length; k++) {
            double kp = a[k][p];
            double kq = a[k][q];
            a[k][p] = c * kp - s * kq;
            a[k][q] = s * kp + c * kq;
        }
        turn(a[p], a[q], c, s);
        turn(rows[p], rows[q], c, s);
        a[p][q] = 0;
        a[q][p] = 0;
    }

    private static void turn(double[] first, double[] second, double c, double s) {
        for (int k = 0; k < first.length; k++) {
            double one = first[k];
            double two = second[k];
            first[k] = c * one - s * two;
            second[k] = s * one + c * two;
        }
    }

    private static double offDiagonal(double[][] a) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += a[i][j] * a[i][j];
            }
        }
        return Math.sqrt(2 * sum);
    }

    private static double diagonal(double[][] a) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i][i] * a[i][i];
        }
        return Math.sqrt(sum);
    }
}
