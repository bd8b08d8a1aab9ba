package dev.nightjar.server.cli.bench;

import dev.nightjar.server.bench.BenchRow;
import dev.nightjar.server.terminal.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results as a table. */
final class BenchTable {

    private static final String[] HEAD = {
        "model", "test", "tokens/s", "min", "max", "runs", "threads", "backend"
    };

    private final List<String[]> rows = new ArrayList<>();

    BenchTable(List<BenchRow> results) {
        for (BenchRow row : results) {
            rows.add(
                    new String[] {
                        row.model(),
                        row.test(),
                        speed(row.tokensPerSecond()),
                        speed(row.sample().min()),
                        speed(row.sample().max()),
                        Integer.toString(row.samples().size()),
                        Integer.toString(row.threads()),
                        row.about().getOrDefault("backend", "")
                    });
        }
    }

    void print(PrintStream out, boolean isMarkdown) {
        if (isMarkdown) {
            out.println(line(HEAD));
            out.println("|---|---|---:|---:|---:|---:|---:|---|");
            rows.forEach(cells -> out.println(line(cells)));
        } else {
            TextTable.Align left = TextTable.Align.LEFT;
            TextTable.Align right = TextTable.Align.RIGHT;
            TextTable table = new TextTable(left, left, right, right, right, right, right, left);
            table.row(HEAD);
            rows.forEach(table::row);
            table.print(out);
        }
        out.flush();
    }

    private static String line(String[] cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String speed(double tokensPerSecond) {
        return String.format(Locale.ROOT, tokensPerSecond < 100 ? "%.2f" : "%.1f", tokensPerSecond);
    }
}
