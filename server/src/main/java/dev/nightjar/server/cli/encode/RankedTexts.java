package dev.nightjar.server.cli.encode;

import dev.nightjar.engine.encoder.RankedText;
import dev.nightjar.server.terminal.TextTable;
import dev.nightjar.server.terminal.TextTable.Align;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Texts in their new order.
 *
 * @param ranked the best first
 * @param texts all, in the order of their input
 * @param isRaw whether scores are shown as the model computed them
 */
record RankedTexts(List<RankedText> ranked, List<String> texts, boolean isRaw) {

    void print(PrintStream out, OutputFormat format) {
        switch (format) {
            case JSON -> printLines(out);
            case TABLE -> printTable(out);
        }
    }

    private void printLines(PrintStream out) {
        for (int i = 0; i < ranked.size(); i++) {
            RankedText text = ranked.get(i);
            int rank = i + 1;
            Results.line(
                    out,
                    json -> {
                        json.writeStartObject();
                        json.writeNumberField("rank", rank);
                        json.writeNumberField("index", text.index());
                        json.writeNumberField("score", score(text));
                        json.writeStringField("text", texts.get(text.index()));
                        json.writeEndObject();
                    });
        }
    }

    private void printTable(PrintStream out) {
        TextTable table = new TextTable(Align.RIGHT, Align.RIGHT, Align.LEFT);
        table.row("rank", isRaw ? "raw score" : "score", "text");
        for (int i = 0; i < ranked.size(); i++) {
            RankedText text = ranked.get(i);
            table.row(
                    Integer.toString(i + 1),
                    String.format(Locale.ROOT, "%.4f", score(text)),
                    ShortText.of(texts.get(text.index())));
        }
        table.print(out);
    }

    private float score(RankedText text) {
        return isRaw ? text.rawScore() : text.score();
    }
}
