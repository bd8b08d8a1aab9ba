package dev.nightjar.kernels.cpu.scalar;

/** Norms of single runs of elements, in double precision. */
final class ScalarNorms {

    private ScalarNorms() {}

    /** out = x / sqrt(mean(x²) + eps) * w; {@code x} and {@code out} may be the same run. */
    static void rms(
            float[] x, int from, float[] out, int to, float[] w, int wFrom, int n, float eps) {
        double squares = 0;
        for (int c = 0; c < n; c++) {
            squares += (double) x[from + c] * x[from + c];
        }
        double factor = 1 / Math.sqrt(squares / n + eps);
        for (int c = 0; c < n; c++) {
            out[to + c] = (float) (x[from + c] * factor * w[wFrom + c]);
        }
    }

    /** out = (x - mean) / sqrt(variance + eps) * w + bias; {@code bias} may be null for none. */
    static void layer(
            float[] x,
            int from,
            float[] out,
            int to,
            float[] w,
            int wFrom,
            float[] bias,
            int n,
            float eps) {
        double sum = 0;
        for (int c = 0; c < n; c++) {
            sum += x[from + c];
        }
        double mean = sum / n;
        double squares = 0;
        for (int c = 0; c < n; c++) {
            squares += (x[from + c] - mean) * (x[from + c] - mean);
        }
        double factor = 1 / Math.sqrt(squares / n + eps);
        for (int c = 0; c < n; c++) {
            double normed = (x[from + c] - mean) * factor * w[wFrom + c];
            out[to + c] = (float) (bias == null ? normed : normed + bias[c]);
        }
    }
}
