package dev.nightjar.engine.tabular;

import dev.nightjar.engine.request.InvalidRequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Collects rows for a model, cell by cell. For one thread. */
public final class TableBuilder {
    private static final Set<String> MISSING =
            Set.of("", "nan", "na", "n/a", "null", "none", "?", "<na>");

    private final TabularModel model;
    private final int numColumns;
    private final List<double[]> numbers = new ArrayList<>();
    private final List<String[]> texts = new ArrayList<>();
    private double[] row;
    private String[] textRow;

    /** A table without rows. */
    public TableBuilder(TabularModel model) {
        this.model = model;
        numColumns = model.numFeatures();
    }

    /** How many rows there are. */
    public int numRows() {
        return numbers.size();
    }

    /** Begins a row whose cells are all missing. */
    public void addRow() {
        row = new double[numColumns];
        Arrays.fill(row, Double.NaN);
        textRow = new String[model.textFeatures().isEmpty() ? 0 : numColumns];
        numbers.add(row);
        texts.add(textRow);
    }

    /**
     * Sets a cell of the last row to a number.
     *
     * @throws InvalidRequestException if the model wants text there
     */
    public void set(int column, double number) {
        if (model.textFeatures().contains(column)) {
            throw wrong(column, "text", "the number " + number);
        }
        row[column] = number;
    }

    /** Sets a cell of the last row to text, as it is. */
    public void setText(int column, String text) {
        if (!model.textFeatures().contains(column)) {
            throw wrong(column, "a number", "the text \"%s\"".formatted(shortened(text)));
        }
        textRow[column] = text;
    }

    /** Sets a cell of the last row to what a word stands for: a number, text, or nothing. */
    public void setWord(int column, String word) {
        String plain = word.strip();
        if (model.textFeatures().contains(column)) {
            textRow[column] = plain.isEmpty() ? null : plain;
        } else if (MISSING.contains(plain.toLowerCase(Locale.ROOT))) {
            row[column] = Double.NaN;
        } else {
            row[column] = number(column, plain);
        }
    }

    private double number(int column, String word) {
        try {
            return switch (word.toLowerCase(Locale.ROOT)) {
                case "true" -> 1;
                case "false" -> 0;
                case "inf", "infinity", "+inf" -> Double.POSITIVE_INFINITY;
                case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(word);
            };
        } catch (NumberFormatException e) {
            throw wrong(column, "a number", "\"%s\"".formatted(shortened(word)));
        }
    }

    private InvalidRequestException wrong(int column, String expected, String found) {
        List<String> names = model.featureNames();
        String name = names.isEmpty() ? "column " + column : "column " + names.get(column);
        return new InvalidRequestException(
                "inputs",
                "row %d, %s: expected %s, found %s"
                        .formatted(numbers.size() - 1, name, expected, found));
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /** The table; the builder begins anew. */
    public Table build() {
        int numRows = numbers.size();
        double[] all = new double[Math.multiplyExact(numRows, numColumns)];
        String[][] columns = new String[numColumns][];
        for (int column : model.textFeatures()) {
            columns[column] = new String[numRows];
        }
        for (int r = 0; r < numRows; r++) {
            System.arraycopy(numbers.get(r), 0, all, r * numColumns, numColumns);
            for (int column : model.textFeatures()) {
                columns[column][r] = texts.get(r)[column];
            }
        }
        numbers.clear();
        texts.clear();
        return Table.of(numRows, all, columns);
    }
}
