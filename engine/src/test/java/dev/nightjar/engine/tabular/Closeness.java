package dev.nightjar.engine.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * How far predictions are from those of the library that made a model.
 *
 * @param count values compared
 * @param numExact values that are equal in all bits
 * @param worst largest difference, relative to what is expected, or to a least number
 */
public record Closeness(int count, int numExact, double worst) {

    /** Compares rows of equal width, differences relative to what is expected. */
    public static Closeness of(double[][] expected, Predictions found) {
        return of(expected, found, 1e-3);
    }

    /** Compares rows of equal width, differences of small numbers as they are. */
    public static Closeness absolute(double[][] expected, Predictions found) {
        return of(expected, found, 1);
    }

    private static Closeness of(double[][] expected, Predictions found, double least) {
        assertEquals(expected.length, found.numRows(), "rows");
        int exact = 0;
        int count = 0;
        double worst = 0;
        for (int r = 0; r < expected.length; r++) {
            assertEquals(expected[r].length, found.width(), "values of row " + r);
            for (int k = 0; k < expected[r].length; k++) {
                double value = found.value(r, k);
                double distance = Math.abs(value - expected[r][k]);
                double relative = distance / Math.max(Math.abs(expected[r][k]), least);
                assertTrue(!Double.isNaN(relative), "row %d: %s".formatted(r, value));
                exact += value == expected[r][k] ? 1 : 0;
                worst = Math.max(worst, relative);
                count++;
            }
        }
        return new Closeness(count, exact, worst);
    }

    /** Fails if a value is further away. */
    public Closeness within(double tolerance) {
        assertTrue(count > 0 && worst <= tolerance, this::toString);
        return this;
    }
}
