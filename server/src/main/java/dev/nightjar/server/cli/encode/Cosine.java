package dev.nightjar.server.cli.encode;

/** Lengths of vectors and angles between them. */
final class Cosine {

    private Cosine() {}

    static double norm(float[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    /** 0 if one of them has no direction. */
    static double of(float[] a, float[] b) {
        double lengths = norm(a) * norm(b);
        return lengths == 0 ? 0 : dot(a, b) / lengths;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
