package dev.nightjar.server.cli.predict;

import dev.nightjar.engine.tabular.TabularModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.regex.Pattern;

/** How rows are written. */
enum RowFormat {
    /** Fields between commas, the first line names. */
    CSV,
    /** An array or an object a line. */
    JSONL,
    /** A label, then {@code index:value}. */
    LIBSVM;

    private static final Pattern PAIRS = Pattern.compile("\\s*[-+.\\deE]*(\\s+\\d+:\\S+)+\\s*");

    /** Opens rows; without a format that which the first line looks like. */
    static Rows open(BufferedReader in, RowFormat format, boolean hasNoHeader, TabularModel model)
            throws IOException {
        Lines lines = new Lines(in);
        RowFormat chosen = format == null ? of(lines.peek().orElse("")) : format;
        return switch (chosen) {
            case CSV -> CsvRows.open(lines, hasNoHeader, model);
            case JSONL -> new JsonRows(lines, model);
            case LIBSVM -> new LibsvmRows(lines, model);
        };
    }

    private static RowFormat of(String line) {
        String start = line.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return JSONL;
        }
        return PAIRS.matcher(line).matches() ? LIBSVM : CSV;
    }
}
