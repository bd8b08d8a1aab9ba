package dev.nightjar.server.report;

import java.util.Locale;

/** Collects the elements of a drawing. Colours are classes, which the page defines. */
final class Svg {

    private final StringBuilder elements = new StringBuilder();
    private final double width;
    private final double height;
    private final String label;

    /** An empty drawing; {@code label} says what it shows to those who cannot see it. */
    Svg(double width, double height, String label) {
        this.width = width;
        this.height = height;
        this.label = label;
    }

    /** Where a text is anchored. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    Svg line(double x1, double y1, double x2, double y2, String style) {
        return add(
                "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>",
                style, number(x1), number(y1), number(x2), number(y2));
    }

    Svg bar(double x, double y, double w, double h, String style, String title) {
        return add(
                "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"2\">"
                        + "<title>%s</title></rect>",
                style, number(x), number(y), number(Math.max(0, w)), number(h), escape(title));
    }

    Svg dot(double x, double y, String style, String title) {
        return add(
                "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"5\"><title>%s</title></circle>",
                style, number(x), number(y), escape(title));
    }

    Svg path(String points, String style) {
        return add("<polyline class=\"%s\" points=\"%s\"/>", style, points);
    }

    Svg text(double x, double y, Anchor anchor, String style, String text) {
        return add(
                "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>",
                style, number(x), number(y), anchor.name().toLowerCase(Locale.ROOT), escape(text));
    }

    private Svg add(String form, Object... values) {
        elements.append(form.formatted(values)).append('\n');
        return this;
    }

    @Override
    public String toString() {
        return """
        <svg viewBox="0 0 %s %s" role="img" aria-label="%s" xmlns="http://www.w3.org/2000/svg">
        %s</svg>
        """
                .formatted(number(width), number(height), escape(label), elements);
    }

    /** A number as people write it: no more digits than tell something. */
    static String number(double value) {
        double size = Math.abs(value);
        String text =
                size >= 100
                        ? String.format(Locale.ROOT, "%.0f", value)
                        : String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
