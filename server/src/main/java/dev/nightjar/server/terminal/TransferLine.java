package dev.nightjar.server.terminal;

import java.time.Duration;
import java.util.Locale;

/** Lines about files on their way, in columns that fit into 79 characters. */
public final class TransferLine {

    private static final int NAME_WIDTH = 36;
    private static final int BAR_WIDTH = 20;
    private static final int SIZE_WIDTH = 10;

    private TransferLine() {}

    /** A file of which some bytes are here. */
    public static String active(String name, long bytes, long of, String size) {
        int percent = of <= 0 ? 100 : (int) (100.0 * bytes / of);
        return "  %s │%s│ %3d%% %s"
                .formatted(
                        column(name, NAME_WIDTH),
                        Bar.of(bytes, of, BAR_WIDTH),
                        percent,
                        right(size, SIZE_WIDTH));
    }

    /** A file that is here. */
    public static String done(String name, String size) {
        return "  %s  %s  done".formatted(column(name, NAME_WIDTH), right(size, SIZE_WIDTH));
    }

    /** All files together. */
    public static String total(String amount, String rate, Duration left) {
        return "  %s at %s%s"
                .formatted(amount, rate, left.isZero() ? "" : ", " + text(left) + " left");
    }

    /** In the two largest units, such as {@code 3 min 20 s}. */
    private static String text(Duration time) {
        if (time.toHours() > 0) {
            return "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
        }
        return time.toMinutes() > 0
                ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d s", time.toSeconds());
    }

    /** The end of a name tells it from others, so the beginning is what is cut. */
    private static String column(String text, int width) {
        return text.length() > width
                ? "…" + text.substring(text.length() - width + 1)
                : text + " ".repeat(width - text.length());
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
