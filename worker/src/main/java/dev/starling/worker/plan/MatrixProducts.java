package dev.starling.worker.plan;

import dev.starling.worker.memory.FlatVector;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.openblas.global.openblas;

/**
 * C ← A·B over row-major matrices, by rule and never by timing, so that every replica takes the same and gets the same bits: oneDNN's sgemm where it is to be had, and for products of up to
 * {@link #SMALL} multiplications OpenBLAS's, whose call costs a little less; else OpenBLAS's for all.
 */
enum MatrixProducts {
    ONE_DNN,
    OPEN_BLAS;

    private static final long SMALL = 1 << 12;
    private static final byte NO = 'N';
    private static final byte YES = 'T';

    /** C (m × n) ← A (m × k) · Bᵀ, B being n × k. */
    void timesTransposed(int m, int n, int k, FlatVector a, FlatVector b, FlatVector c) {
        multiply(false, true, m, n, k, a, k, b, k, c);
    }

    /** C (m × n) ← Aᵀ · B, A being k × m, B k × n. */
    void transposedTimes(int m, int n, int k, FlatVector a, FlatVector b, FlatVector c) {
        multiply(true, false, m, n, k, a, m, b, n, c);
    }

    /** C (m × n) ← A (m × k) · B (k × n). */
    void times(int m, int n, int k, FlatVector a, FlatVector b, FlatVector c) {
        multiply(false, false, m, n, k, a, k, b, n, c);
    }

    private void multiply(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            FlatVector a,
            int lda,
            FlatVector b,
            int ldb,
            FlatVector c) {
        if (this == OPEN_BLAS || (long) m * n * k <= SMALL) {
            openblas.cblas_sgemm(
                    openblas.CblasRowMajor,
                    transposeA ? openblas.CblasTrans : openblas.CblasNoTrans,
                    transposeB ? openblas.CblasTrans : openblas.CblasNoTrans,
                    m,
                    n,
                    k,
                    1f,
                    a.pointer(),
                    lda,
                    b.pointer(),
                    ldb,
                    0f,
                    c.pointer(),
                    n);
            return;
        }
        int status = dnnl.dnnl_sgemm(
                transposeA ? YES : NO,
                transposeB ? YES : NO,
                m,
                n,
                k,
                1f,
                a.pointer(),
                lda,
                b.pointer(),
                ldb,
                0f,
                c.pointer(),
                n);
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException(
                    "Cannot multiply matrices: oneDNN's status " + status + " (expected " + dnnl.dnnl_success + ")");
        }
    }
}
