package dev.nightjar.server.cli.predict;

import dev.nightjar.engine.tabular.FeatureOrder;
import dev.nightjar.engine.tabular.TableBuilder;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fields between commas, or tabs if the first line has those; a field may stand in quotes. */
final class CsvRows implements Rows {
    private final Lines lines;
    private final char separator;
    private final int[] order;

    private CsvRows(Lines lines, char separator, int[] order) {
        this.lines = lines;
        this.separator = separator;
        this.order = order;
    }

    static CsvRows open(Lines lines, boolean hasNoHeader, TabularModel model) throws IOException {
        Optional<String> first = lines.peek();
        char separator = first.map(line -> line.indexOf('\t') >= 0).orElse(false) ? '\t' : ',';
        if (hasNoHeader || first.isEmpty()) {
            int[] order = new int[model.numFeatures()];
            for (int i = 0; i < order.length; i++) {
                order[i] = i;
            }
            return new CsvRows(lines, separator, order);
        }
        CsvRows header = new CsvRows(lines, separator, new int[0]);
        List<String> names = header.fields(lines.next().orElseThrow());
        if (names.stream().allMatch(CsvRows::isNumber)) {
            throw lines.error(
                    "expected the names of columns, found numbers; with --no-header the first line"
                            + " is a row");
        }
        int[][] order = new int[1][];
        lines.inLine(() -> order[0] = FeatureOrder.of(model, names));
        return new CsvRows(lines, separator, order[0]);
    }

    private static boolean isNumber(String word) {
        try {
            Double.parseDouble(word);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    @Override
    public boolean read(TableBuilder table) throws IOException {
        Optional<String> line = lines.next();
        if (line.isEmpty()) {
            return false;
        }
        List<String> fields = fields(line.get());
        if (fields.size() != order.length) {
            throw lines.error(
                    "expected %d fields, found %d".formatted(order.length, fields.size()));
        }
        lines.inLine(
                () -> {
                    table.addRow();
                    for (int i = 0; i < order.length; i++) {
                        table.setWord(i, fields.get(order[i]));
                    }
                });
        return true;
    }

    private List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                boolean isDoubled = isQuoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (isDoubled) {
                    field.append('"');
                    i++;
                } else {
                    isQuoted = !isQuoted;
                }
            } else if (c == separator && !isQuoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (isQuoted) {
            throw lines.error("expected the end of a field in quotes, found none");
        }
        fields.add(field.toString().strip());
        return fields;
    }
}
