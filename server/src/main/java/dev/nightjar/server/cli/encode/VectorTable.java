package dev.nightjar.server.cli.encode;

import dev.nightjar.server.terminal.TextTable;
import dev.nightjar.server.terminal.TextTable.Align;
import java.io.PrintStream;
import java.util.Locale;

/** The beginning of each vector and its length. */
final class VectorTable implements VectorWriter {

    private static final int SHOWN = 4;

    private final PrintStream out;
    private final TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.LEFT, Align.RIGHT);

    VectorTable(PrintStream out) {
        this.out = out;
        table.row("text", "size", "vector", "norm");
    }

    @Override
    public void add(String text, float[] vector) {
        table.row(
                ShortText.of(text),
                Integer.toString(vector.length),
                beginning(vector),
                String.format(Locale.ROOT, "%.4f", Cosine.norm(vector)));
    }

    private static String beginning(float[] vector) {
        StringBuilder numbers = new StringBuilder();
        for (int i = 0; i < Math.min(SHOWN, vector.length); i++) {
            numbers.append(String.format(Locale.ROOT, "%8.4f ", vector[i]));
        }
        return vector.length > SHOWN ? numbers + "…" : numbers.toString();
    }

    @Override
    public void end() {
        table.print(out);
    }
}
