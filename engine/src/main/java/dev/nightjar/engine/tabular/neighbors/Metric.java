package dev.nightjar.engine.tabular.neighbors;

/**
 * The distance between two rows.
 *
 * @param shape which distance
 * @param power of Minkowski's
 */
public record Metric(Shape shape, double power) {

    /** One distance. */
    public enum Shape {
        EUCLIDEAN,
        MANHATTAN,
        CHEBYSHEV,
        MINKOWSKI,
        /** 1 less the cosine of the angle. */
        COSINE
    }

    /** The distance of a row and another, both of so many features. */
    public double of(double[] row, int from, double[] others, int at, int width) {
        return switch (shape) {
            case EUCLIDEAN -> Math.sqrt(squares(row, from, others, at, width));
            case COSINE -> cosine(row, from, others, at, width);
            default -> sum(row, from, others, at, width);
        };
    }

    private static double squares(double[] row, int from, double[] others, int at, int width) {
        double sum = 0;
        for (int f = 0; f < width; f++) {
            double d = row[from + f] - others[at + f];
            sum += d * d;
        }
        return sum;
    }

    private double sum(double[] row, int from, double[] others, int at, int width) {
        double sum = 0;
        for (int f = 0; f < width; f++) {
            double d = Math.abs(row[from + f] - others[at + f]);
            sum =
                    switch (shape) {
                        case CHEBYSHEV -> Math.max(sum, d);
                        case MINKOWSKI -> sum + Math.pow(d, power);
                        default -> sum + d;
                    };
        }
        return shape == Shape.MINKOWSKI ? Math.pow(sum, 1 / power) : sum;
    }

    private static double cosine(double[] row, int from, double[] others, int at, int width) {
        double dot = 0;
        double rowNorm = 0;
        double otherNorm = 0;
        for (int f = 0; f < width; f++) {
            double x = row[from + f];
            double y = others[at + f];
            dot += x * y;
            rowNorm += x * x;
            otherNorm += y * y;
        }
        double norms = Math.sqrt(rowNorm) * Math.sqrt(otherNorm);
        return Math.clamp(1 - (norms == 0 ? 0 : dot / norms), 0, 2);
    }
}
