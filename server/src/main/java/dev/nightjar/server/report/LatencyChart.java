package dev.nightjar.server.report;

import java.util.List;
import java.util.StringJoiner;

/**
 * Quantiles of latencies as curves. To the right, the share of those that are slower halves with
 * equal distances, as the slowest few are what users remember.
 */
final class LatencyChart {

    private static final double WIDTH = 880;
    private static final double HEIGHT = 260;
    private static final double LEFT = 70;
    private static final double RIGHT = 20;
    private static final double TOP = 12;
    private static final double BOTTOM = 30;
    private static final double[] SHARES = {0, 0.5, 0.75, 0.9, 0.95, 0.99};
    private static final double LAST_SHARE = 0.995;

    /**
     * A run.
     *
     * @param series which colour it has, from 0
     * @param curve quantiles at equal steps from 0 to 1
     */
    record Curve(int series, List<Double> curve) {}

    private LatencyChart() {}

    static String draw(String what, List<Curve> curves) {
        double largest =
                curves.stream().mapToDouble(curve -> curve.curve.getLast()).max().orElse(1);
        List<Double> ticks = Ticks.upTo(largest, 5);
        double scale = (HEIGHT - TOP - BOTTOM) / ticks.getLast();
        Svg svg = new Svg(WIDTH, HEIGHT, what + ", percentiles in milliseconds");
        for (double tick : ticks) {
            double y = HEIGHT - BOTTOM - tick * scale;
            svg.line(LEFT, y, WIDTH - RIGHT, y, "grid")
                    .text(LEFT - 8, y + 4, Svg.Anchor.END, "tick", time(tick));
        }
        for (double share : SHARES) {
            svg.line(x(share), TOP, x(share), HEIGHT - BOTTOM, "grid")
                    .text(
                            x(share),
                            HEIGHT - 10,
                            Svg.Anchor.MIDDLE,
                            "tick",
                            "P" + Svg.number(share * 100));
        }
        svg.text(WIDTH - RIGHT, HEIGHT - 10, Svg.Anchor.END, "tick", "max");
        for (Curve curve : curves) {
            svg.path(points(curve.curve, scale), "stroke s" + curve.series % 6);
        }
        return svg.toString();
    }

    private static String time(double millis) {
        return millis >= 1000 ? Svg.number(millis / 1000) + " s" : Svg.number(millis) + " ms";
    }

    private static String points(List<Double> curve, double scale) {
        StringJoiner points = new StringJoiner(" ");
        for (int i = 0; i < curve.size(); i++) {
            double x = x((double) i / (curve.size() - 1));
            double y = HEIGHT - BOTTOM - curve.get(i) * scale;
            points.add(Svg.number(x) + "," + Svg.number(y));
        }
        return points.toString();
    }

    private static double x(double share) {
        double along = Math.log(1 - Math.min(share, LAST_SHARE)) / Math.log(1 - LAST_SHARE);
        return LEFT + along * (WIDTH - LEFT - RIGHT);
    }
}
