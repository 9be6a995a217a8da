package dev.starling.worker.inspection;

/** Singular values of a matrix as the square roots of the eigenvalues of its smaller Gram matrix: to about eight digits of the largest, which for a Jacobian in float is all there is. */
public final class SingularValues {
    private SingularValues() {}

    /**
     * The largest first.
     *
     * @param matrix rows of equal length, at least one; not changed
     * @return as many as the matrix has rows or columns, whichever are fewer
     */
    public static double[] of(double[][] matrix) {
        double[][] narrow = matrix.length <= matrix[0].length ? matrix : transposed(matrix);
        int n = narrow.length;
        double[][] gram = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                gram[i][j] = dot(narrow[i], narrow[j]);
                gram[j][i] = gram[i][j];
            }
        }
        double[] values = SymmetricEigen.of(gram).values();
        for (int i = 0; i < n; i++) {
            values[i] = Math.sqrt(Math.max(0, values[i]));
        }
        return values;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] other = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < other.length; j++) {
                other[j][i] = matrix[i][j];
            }
        }
        return other;
    }
}
