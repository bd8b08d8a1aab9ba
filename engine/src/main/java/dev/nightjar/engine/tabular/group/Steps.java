package dev.nightjar.engine.tabular.group;

import java.util.Arrays;

/**
 * A function of one number by its values at some points, straight lines between and level beyond.
 *
 * @param points ascending, at least one
 * @param values one a point
 */
public record Steps(double[] points, double[] values) {

    /** Its value. */
    public double at(double x) {
        int last = points.length - 1;
        if (!(x > points[0])) {
            return Double.isNaN(x) ? x : values[0];
        }
        if (x >= points[last]) {
            return values[last];
        }
        int found = Arrays.binarySearch(points, x);
        int high = found >= 0 ? found : -found - 1;
        if (points[high] == x) {
            return values[high];
        }
        double slope = (values[high] - values[high - 1]) / (points[high] - points[high - 1]);
        return slope * (x - points[high - 1]) + values[high - 1];
    }
}
