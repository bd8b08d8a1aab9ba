package dev.nightjar.server.cli.encode;

import dev.nightjar.engine.encoder.Classification.ScoredLabel;
import dev.nightjar.server.terminal.Bar;
import dev.nightjar.server.terminal.TextTable;
import dev.nightjar.server.terminal.TextTable.Align;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** A row per label, with a bar as long as its score; the text stands in the first one. */
final class LabelTable implements LabelWriter {

    private static final int BAR_WIDTH = 20;
    private static final long WHOLE = 1_000_000;

    private final PrintStream out;
    private final TextTable table = new TextTable(Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT);

    LabelTable(PrintStream out) {
        this.out = out;
        table.row("text", "label", "score", "");
    }

    @Override
    public void add(String text, List<ScoredLabel> labels) {
        String cell = ShortText.of(text);
        for (ScoredLabel label : labels) {
            table.row(
                    cell,
                    ShortText.of(label.label()),
                    String.format(Locale.ROOT, "%.4f", label.score()),
                    Bar.of(Math.round(label.score() * WHOLE), WHOLE, BAR_WIDTH));
            cell = "";
        }
    }

    @Override
    public void end() {
        table.print(out);
    }
}
