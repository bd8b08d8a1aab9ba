package dev.nightjar.server.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows of cells, aligned in columns. */
public final class TextTable {

    /** Which side of its column a cell keeps to. */
    public enum Align {
        /** Words. */
        LEFT,
        /** Numbers. */
        RIGHT
    }

    private static final String INDENT = "  ";

    private final Align[] aligns;
    private final int[] widths;
    private final List<String[]> rows = new ArrayList<>();

    /** An empty table with these columns. */
    public TextTable(Align... aligns) {
        this.aligns = aligns.clone();
        this.widths = new int[aligns.length];
    }

    /** Adds a row, a cell for each column. */
    public void row(String... cells) {
        rows.add(cells.clone());
        for (int i = 0; i < cells.length; i++) {
            widths[i] = Math.max(widths[i], cells[i].length());
        }
    }

    /** Prints all rows, indented. */
    public void print(PrintStream out) {
        rows.forEach(cells -> out.println(line(cells)));
    }

    private String line(String[] cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String padding = " ".repeat(widths[i] - cells[i].length());
            line.append(INDENT)
                    .append(aligns[i] == Align.LEFT ? cells[i] + padding : padding + cells[i]);
        }
        return line.toString().stripTrailing();
    }
}
