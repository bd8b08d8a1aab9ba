package dev.nightjar.server.report;

import java.util.ArrayList;
import java.util.List;

/** Round numbers along an axis. */
final class Ticks {

    private Ticks() {}

    /**
     * About {@code count} multiples of 1, 2 or 5 times a power of ten, from 0 to past the largest.
     */
    static List<Double> upTo(double largest, int count) {
        double rough = Math.max(largest, 1e-9) / count;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * 10;
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= rough) {
                step = factor * power;
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; (i - 1) * step < largest; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** Powers of ten around two numbers above 0. */
    static List<Double> powers(double smallest, double largest) {
        List<Double> ticks = new ArrayList<>();
        int first = (int) Math.floor(Math.log10(smallest));
        int last = (int) Math.ceil(Math.log10(largest));
        for (int power = first; power <= Math.max(last, first + 1); power++) {
            ticks.add(Math.pow(10, power));
        }
        return ticks;
    }
}
