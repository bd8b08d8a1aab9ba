package dev.nightjar.server.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Kernels by how many operations they do for each byte that they must move, and how fast: below the
 * slope, memory is the limit; below the level, arithmetic.
 */
final class RooflineChart {

    private static final double WIDTH = 880;
    private static final double HEIGHT = 400;
    private static final double LEFT = 80;
    private static final double RIGHT = 20;
    private static final double TOP = 16;
    private static final double BOTTOM = 44;

    private final List<KernelRow> kernels;
    private final List<Double> xTicks;
    private final List<Double> yTicks;

    private RooflineChart(List<KernelRow> all, OptionalDouble peak) {
        kernels = all.stream().filter(row -> !row.isRoof()).toList();
        xTicks =
                Ticks.powers(
                        kernels.stream().mapToDouble(KernelRow::intensity).min().orElse(0.1),
                        kernels.stream().mapToDouble(KernelRow::intensity).max().orElse(100));
        yTicks =
                Ticks.powers(
                        kernels.stream().mapToDouble(KernelRow::gigaflops).min().orElse(1),
                        Math.max(
                                peak.orElse(1),
                                kernels.stream()
                                        .mapToDouble(KernelRow::gigaflops)
                                        .max()
                                        .orElse(100)));
    }

    /** Draws kernels, and the roofs if they were measured. */
    static String draw(List<KernelRow> all, List<String> series) {
        OptionalDouble bandwidth =
                all.stream()
                        .filter(row -> row.kernel().equals(KernelRow.READ_ROOF))
                        .mapToDouble(KernelRow::gigabytesPerSecond)
                        .max();
        OptionalDouble peak =
                all.stream()
                        .filter(row -> row.kernel().equals(KernelRow.COMPUTE_ROOF))
                        .mapToDouble(KernelRow::gigaflops)
                        .max();
        RooflineChart chart = new RooflineChart(all, peak);
        Svg svg = new Svg(WIDTH, HEIGHT, "kernels below the machine's limits");
        chart.drawGrid(svg);
        if (bandwidth.isPresent() && peak.isPresent()) {
            chart.drawRoofs(bandwidth.getAsDouble(), peak.getAsDouble(), svg);
        }
        for (KernelRow row : chart.kernels) {
            svg.dot(
                    chart.x(row.intensity()),
                    chart.y(row.gigaflops()),
                    "fill s" + Math.max(0, series.indexOf(row.format())) % 6,
                    "%s %s: %s GB/s, %s GFLOP/s, %s %% of the roof"
                            .formatted(
                                    row.kernel(),
                                    row.format(),
                                    Svg.number(row.gigabytesPerSecond()),
                                    Svg.number(row.gigaflops()),
                                    Svg.number(100 * row.rooflineShare())));
        }
        return svg.toString();
    }

    private void drawGrid(Svg svg) {
        for (double tick : xTicks) {
            svg.line(x(tick), TOP, x(tick), HEIGHT - BOTTOM, "grid")
                    .text(x(tick), HEIGHT - 26, Svg.Anchor.MIDDLE, "tick", power(tick));
        }
        for (double tick : yTicks) {
            svg.line(LEFT, y(tick), WIDTH - RIGHT, y(tick), "grid")
                    .text(LEFT - 8, y(tick) + 4, Svg.Anchor.END, "tick", power(tick));
        }
        svg.text(WIDTH - RIGHT, HEIGHT - 6, Svg.Anchor.END, "tick", "FLOP per byte")
                .text(LEFT + 8, TOP + 12, Svg.Anchor.START, "tick", "GFLOP/s");
    }

    private void drawRoofs(double bandwidth, double peak, Svg svg) {
        double ridge = peak / bandwidth;
        double first = xTicks.getFirst();
        double last = Math.max(xTicks.getLast(), first);
        double from = Math.max(first, yTicks.getFirst() / bandwidth);
        double knee = Math.clamp(ridge, from, last);
        svg.line(x(from), y(from * bandwidth), x(knee), y(knee * bandwidth), "roof");
        if (ridge < last) {
            svg.line(x(knee), y(peak), x(last), y(peak), "roof")
                    .text(
                            x(last) - 6,
                            y(peak) - 6,
                            Svg.Anchor.END,
                            "value",
                            Svg.number(peak) + " GFLOP/s");
        }
        svg.text(
                x(2 * from) + 14,
                y(2 * from * bandwidth) + 12,
                Svg.Anchor.START,
                "value",
                Svg.number(bandwidth) + " GB/s");
    }

    private static String power(double value) {
        return value >= 1 ? String.valueOf((long) Math.rint(value)) : String.valueOf((float) value);
    }

    private double x(double intensity) {
        return along(intensity, xTicks, LEFT, WIDTH - RIGHT);
    }

    private double y(double gigaflops) {
        return along(gigaflops, yTicks, HEIGHT - BOTTOM, TOP);
    }

    private static double along(double value, List<Double> ticks, double from, double to) {
        double first = Math.log(ticks.getFirst());
        double share = (Math.log(value) - first) / (Math.log(ticks.getLast()) - first);
        return from + share * (to - from);
    }
}
