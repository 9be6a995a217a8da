package dev.starling.worker.inspection;

import java.util.SplittableRandom;

/**
 * The directions of greatest variance of some rows, by orthogonal iteration with Rayleigh and Ritz's projection (Golub and Van Loan, 8.2.4). The sign of each is such that its largest entry is positive.
 *
 * @param mean of the rows, one value a column
 * @param components unit vectors, that of the greatest variance first
 * @param variances of the rows along them (of the population)
 * @param totalVariance over all columns
 */
public record PrincipalComponents(double[] mean, double[][] components, double[] variances, double totalVariance) {
    /** Extra directions make the wanted ones converge by the gap to the first that is left out. */
    private static final int EXTRA = 8;

    private static final int ITERATIONS = 500;
    private static final double CONVERGED = 1e-12;
    private static final int WIDEST_COVARIANCE = 1024;

    /** C·v for the covariance C of the rows. */
    private interface Covariance {
        double[] times(double[] v);
    }

    /**
     * Fits.
     *
     * @param rows at least one, row by row
     * @param width columns, ≥ 1
     * @param count components wanted; as many as there are columns at most
     */
    public static PrincipalComponents fit(float[] rows, int width, int count) {
        int n = rows.length / width;
        double[] mean = mean(rows, n, width);
        double total = 0;
        for (int i = 0; i < rows.length; i++) {
            double centred = rows[i] - mean[i % width];
            total += centred * centred / n;
        }
        int kept = Math.min(count, width);
        Covariance covariance = width <= WIDEST_COVARIANCE ? whole(rows, n, mean) : v -> throughRows(rows, n, mean, v);
        double[] values = new double[Math.min(width, kept + EXTRA)];
        double[][] vectors = iterate(covariance, start(values.length, width), values, kept);
        double[][] components = new double[kept][];
        double[] variances = new double[kept];
        for (int i = 0; i < kept; i++) {
            components[i] = signed(vectors[i]);
            variances[i] = Math.max(0, values[i]);
        }
        return new PrincipalComponents(mean, components, variances, total);
    }

    private static double[] mean(float[] rows, int n, int width) {
        double[] mean = new double[width];
        for (int i = 0; i < rows.length; i++) {
            mean[i % width] += rows[i];
        }
        for (int j = 0; j < width; j++) {
            mean[j] /= n;
        }
        return mean;
    }

    private static Covariance whole(float[] rows, int n, double[] mean) {
        int width = mean.length;
        double[][] c = new double[width][width];
        double[] row = new double[width];
        for (int r = 0; r < n; r++) {
            for (int j = 0; j < width; j++) {
                row[j] = rows[r * width + j] - mean[j];
            }
            for (int i = 0; i < width; i++) {
                double factor = row[i] / n;
                for (int j = 0; factor != 0 && j <= i; j++) {
                    c[i][j] += factor * row[j];
                }
            }
        }
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < i; j++) {
                c[j][i] = c[i][j];
            }
        }
        return v -> {
            double[] product = new double[width];
            for (int i = 0; i < width; i++) {
                product[i] = SingularValues.dot(c[i], v);
            }
            return product;
        };
    }

    private static double[] throughRows(float[] rows, int n, double[] mean, double[] v) {
        int width = mean.length;
        double offset = SingularValues.dot(mean, v);
        double[] product = new double[width];
        double sum = 0;
        for (int r = 0; r < n; r++) {
            double along = -offset;
            for (int j = 0; j < width; j++) {
                along += rows[r * width + j] * v[j];
            }
            sum += along;
            for (int j = 0; j < width; j++) {
                product[j] += along / n * rows[r * width + j];
            }
        }
        for (int j = 0; j < width; j++) {
            product[j] -= sum / n * mean[j];
        }
        return product;
    }

    private static double[][] start(int count, int width) {
        SplittableRandom random = new SplittableRandom(1);
        double[][] vectors = new double[count][width];
        for (double[] vector : vectors) {
            for (int j = 0; j < width; j++) {
                vector[j] = random.nextDouble(-1, 1);
            }
        }
        return vectors;
    }

    /** @param values filled with the eigenvalues */
    private static double[][] iterate(Covariance covariance, double[][] first, double[] values, int kept) {
        double[][] vectors = first;
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            orthonormalize(vectors);
            double[][] images = new double[vectors.length][];
            for (int i = 0; i < images.length; i++) {
                images[i] = covariance.times(vectors[i]);
            }
            double[][] projected = new double[vectors.length][vectors.length];
            for (int i = 0; i < images.length; i++) {
                for (int j = 0; j <= i; j++) {
                    projected[i][j] = SingularValues.dot(vectors[i], images[j]);
                    projected[j][i] = projected[i][j];
                }
            }
            SymmetricEigen inside = SymmetricEigen.of(projected);
            double change = 0;
            for (int i = 0; i < kept; i++) {
                change = Math.max(change, Math.abs(inside.values()[i] - values[i]));
            }
            System.arraycopy(inside.values(), 0, values, 0, values.length);
            if (change <= CONVERGED * Math.max(values[0], Double.MIN_NORMAL)) {
                return combine(inside.vectors(), vectors);
            }
            vectors = combine(inside.vectors(), images);
        }
        orthonormalize(vectors);
        return vectors;
    }

    private static double[][] combine(double[][] weights, double[][] vectors) {
        double[][] combined = new double[weights.length][vectors[0].length];
        for (int i = 0; i < weights.length; i++) {
            for (int k = 0; k < vectors.length; k++) {
                add(combined[i], weights[i][k], vectors[k]);
            }
        }
        return combined;
    }

    private static void add(double[] to, double factor, double[] vector) {
        for (int j = 0; j < to.length; j++) {
            to[j] += factor * vector[j];
        }
    }

    /** Gram and Schmidt, twice, which is enough. A vector that depends on those before it becomes 0. */
    private static void orthonormalize(double[][] vectors) {
        for (int i = 0; i < vectors.length; i++) {
            double before = Math.sqrt(SingularValues.dot(vectors[i], vectors[i]));
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < i; j++) {
                    add(vectors[i], -SingularValues.dot(vectors[i], vectors[j]), vectors[j]);
                }
            }
            double norm = Math.sqrt(SingularValues.dot(vectors[i], vectors[i]));
            double factor = norm > 1e-12 * before ? 1 / norm : 0;
            for (int j = 0; j < vectors[i].length; j++) {
                vectors[i][j] *= factor;
            }
        }
    }

    private static double[] signed(double[] vector) {
        double largest = 0;
        for (double x : vector) {
            largest = Math.abs(x) > Math.abs(largest) ? x : largest;
        }
        double[] signed = vector.clone();
        for (int j = 0; largest < 0 && j < signed.length; j++) {
            signed[j] = -signed[j];
        }
        return signed;
    }

    /** Rows × components: where rows lie along the components, from their mean. */
    public float[] project(float[] rows) {
        int width = mean.length;
        int count = components.length;
        float[] projected = new float[rows.length / width * count];
        for (int r = 0; r < rows.length / width; r++) {
            for (int i = 0; i < count; i++) {
                double along = 0;
                for (int j = 0; j < width; j++) {
                    along += (rows[r * width + j] - mean[j]) * components[i][j];
                }
                projected[r * count + i] = (float) along;
            }
        }
        return projected;
    }
}
