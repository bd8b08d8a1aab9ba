package dev.nightjar.server.terminal;

/** A share of a whole as a row of characters. */
public final class Bar {

    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private Bar() {}

    /** As many cells as wide; an eighth of a cell is the smallest step. */
    public static String of(long part, long whole, int width) {
        double share = whole <= 0 ? 1 : Math.clamp((double) part / whole, 0, 1);
        int eighths = (int) (share * width * 8);
        StringBuilder bar = new StringBuilder("█".repeat(eighths / 8));
        if (bar.length() < width) {
            bar.append(EIGHTHS.charAt(eighths % 8));
        }
        return bar.append(" ".repeat(width - bar.length())).toString();
    }
}
