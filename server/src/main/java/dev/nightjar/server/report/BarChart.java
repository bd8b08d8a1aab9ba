package dev.nightjar.server.report;

import java.util.List;

/** Horizontal bars in groups, with whiskers from the slowest run to the fastest. */
final class BarChart {

    private static final double WIDTH = 880;
    private static final double LEFT = 130;
    private static final double RIGHT = 90;
    private static final double BAR = 16;
    private static final double GAP = 14;
    private static final double TOP = 8;
    private static final double BOTTOM = 28;

    /**
     * A bar.
     *
     * @param series which colour it has, from 0
     * @param name of the series
     * @param value its length
     * @param min where the whisker begins
     * @param max where it ends
     */
    record Bar(int series, String name, double value, double min, double max) {}

    /**
     * Bars that belong together.
     *
     * @param name at the left
     * @param bars from above
     */
    record Group(String name, List<Bar> bars) {}

    private BarChart() {}

    static String draw(List<Group> groups, String unit) {
        int numBars = groups.stream().mapToInt(group -> group.bars.size()).sum();
        double height = TOP + numBars * BAR + groups.size() * GAP + BOTTOM;
        double largest =
                groups.stream()
                        .flatMap(group -> group.bars.stream())
                        .mapToDouble(Bar::max)
                        .max()
                        .orElse(1);
        List<Double> ticks = Ticks.upTo(largest, 6);
        double scale = (WIDTH - LEFT - RIGHT) / ticks.getLast();
        Svg svg = new Svg(WIDTH, height, unit + " by test");
        for (double tick : ticks) {
            double x = LEFT + tick * scale;
            svg.line(x, TOP, x, height - BOTTOM, "grid")
                    .text(x, height - 10, Svg.Anchor.MIDDLE, "tick", Svg.number(tick));
        }
        svg.text(WIDTH, height - 10, Svg.Anchor.END, "tick", unit);
        double y = TOP;
        for (Group group : groups) {
            double middle = y + group.bars.size() * BAR / 2 + GAP / 2;
            svg.text(LEFT - 10, middle + 4, Svg.Anchor.END, "label", group.name);
            y += GAP / 2;
            for (Bar bar : group.bars) {
                draw(bar, group.name, y, scale, svg);
                y += BAR;
            }
            y += GAP / 2;
        }
        return svg.toString();
    }

    private static void draw(Bar bar, String group, double y, double scale, Svg svg) {
        double middle = y + BAR / 2;
        String title =
                "%s, %s: %s (%s to %s)"
                        .formatted(
                                bar.name,
                                group,
                                Svg.number(bar.value),
                                Svg.number(bar.min),
                                Svg.number(bar.max));
        svg.bar(LEFT, y + 1, bar.value * scale, BAR - 2, "fill s" + bar.series % 6, title)
                .line(LEFT + bar.min * scale, middle, LEFT + bar.max * scale, middle, "whisker")
                .text(
                        LEFT + bar.max * scale + 6,
                        middle + 4,
                        Svg.Anchor.START,
                        "value",
                        Svg.number(bar.value));
    }
}
