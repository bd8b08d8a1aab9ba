package dev.nightjar.server.terminal;

import java.io.PrintStream;
import java.util.List;

/**
 * Lines at the foot of a terminal that are drawn again and again, with others scrolling away above
 * them. Uses the cursor and wrapping sequences of ECMA-48 and DEC terminals. Not for several
 * threads.
 */
public final class LiveLines {

    private static final String UP = "\033[%dA";
    private static final String CLEAR_BELOW = "\r\033[J";
    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";

    private final PrintStream out;
    private int drawn;

    /** Draws nothing yet. */
    public LiveLines(PrintStream out) {
        this.out = out;
    }

    /** Prints lines that stay, and draws the live ones below them. */
    public void draw(List<String> lasting, List<String> live) {
        StringBuilder text = new StringBuilder(NO_WRAP);
        if (drawn > 0) {
            text.append(UP.formatted(drawn));
        }
        text.append(CLEAR_BELOW);
        lasting.forEach(line -> text.append(line).append('\n'));
        live.forEach(line -> text.append(line).append('\n'));
        drawn = live.size();
        // One write, so that no half of it is ever seen.
        out.print(text.append(WRAP));
        out.flush();
    }
}
