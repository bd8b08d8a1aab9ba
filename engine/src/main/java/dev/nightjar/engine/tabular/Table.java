package dev.nightjar.engine.tabular;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rows of features: numbers, {@code NaN} where one is missing, and columns of text. Its arrays are
 * not copied and must not be changed.
 */
public final class Table {
    private final int numRows;
    private final int numColumns;
    private final double[] numbers;
    private final String[][] texts;

    private Table(int numRows, int numColumns, double[] numbers, String[][] texts) {
        if (numbers.length != (long) numRows * numColumns) {
            throw new IllegalArgumentException(
                    "expected %d x %d numbers, found %d"
                            .formatted(numRows, numColumns, numbers.length));
        }
        this.numRows = numRows;
        this.numColumns = numColumns;
        this.numbers = numbers;
        this.texts = texts;
    }

    /**
     * A table of numbers.
     *
     * @param numbers [rows, columns]
     */
    public static Table of(int numRows, int numColumns, double... numbers) {
        return new Table(numRows, numColumns, numbers, new String[numColumns][]);
    }

    /**
     * A table with columns of text.
     *
     * @param numbers [rows, columns]; those of columns of text are not looked at
     * @param texts one array of {@code numRows} strings a column, null for a column of numbers; a
     *     string that is null is missing
     */
    public static Table of(int numRows, double[] numbers, String[][] texts) {
        return new Table(numRows, texts.length, numbers, texts);
    }

    /** How many rows. */
    public int numRows() {
        return numRows;
    }

    /** How many columns. */
    public int numColumns() {
        return numColumns;
    }

    /** All numbers, [rows, columns]. */
    public double[] numbers() {
        return numbers;
    }

    /** One number. */
    public double number(int row, int column) {
        return numbers[row * numColumns + column];
    }

    /** Whether a column is text. */
    public boolean isText(int column) {
        return texts[column] != null;
    }

    /** Whether any column is text. */
    public boolean hasText() {
        return Arrays.stream(texts).anyMatch(column -> column != null);
    }

    /** The text in a column of text, or empty where it is missing. */
    public Optional<String> text(int row, int column) {
        return Optional.ofNullable(texts[column][row]);
    }

    /** The columns of these numbers, in this order; −1 stands for one that is missing. */
    public Table select(int... columns) {
        double[] chosen = new double[numRows * columns.length];
        String[][] chosenTexts = new String[columns.length][];
        for (int c = 0; c < columns.length; c++) {
            int from = columns[c];
            for (int r = 0; r < numRows; r++) {
                chosen[r * columns.length + c] = from < 0 ? Double.NaN : number(r, from);
            }
            chosenTexts[c] = from < 0 ? null : texts[from];
        }
        return new Table(numRows, columns.length, chosen, chosenTexts);
    }

    /** This table with the columns of another behind its own. */
    public Table beside(Table other) {
        if (other.numRows != numRows) {
            throw new IllegalArgumentException(
                    "expected %d rows, found %d".formatted(numRows, other.numRows));
        }
        int width = numColumns + other.numColumns;
        double[] all = new double[numRows * width];
        for (int r = 0; r < numRows; r++) {
            System.arraycopy(numbers, r * numColumns, all, r * width, numColumns);
            System.arraycopy(
                    other.numbers,
                    r * other.numColumns,
                    all,
                    r * width + numColumns,
                    other.numColumns);
        }
        String[][] allTexts = Arrays.copyOf(texts, width);
        System.arraycopy(other.texts, 0, allTexts, numColumns, other.numColumns);
        return new Table(numRows, width, all, allTexts);
    }

    /** The rows from {@code from} to before {@code to}. */
    public Table rows(int from, int to) {
        if (from == 0 && to == numRows) {
            return this;
        }
        String[][] some = new String[numColumns][];
        for (int c = 0; c < numColumns; c++) {
            some[c] = texts[c] == null ? null : Arrays.copyOfRange(texts[c], from, to);
        }
        double[] copied = Arrays.copyOfRange(numbers, from * numColumns, to * numColumns);
        return new Table(to - from, numColumns, copied, some);
    }

    /**
     * The rows of tables one below the other.
     *
     * @throws IllegalArgumentException if they differ in their columns, or there are none
     */
    public static Table stacked(List<Table> tables) {
        Table first = tables.getFirst();
        int numRows = 0;
        for (Table table : tables) {
            numRows = Math.addExact(numRows, table.numRows);
            if (!table.hasColumnsOf(first)) {
                throw new IllegalArgumentException("expected tables of the same columns");
            }
        }
        double[] all = new double[Math.multiplyExact(numRows, first.numColumns)];
        String[][] allTexts = new String[first.numColumns][];
        for (int c = 0; c < first.numColumns; c++) {
            allTexts[c] = first.isText(c) ? new String[numRows] : null;
        }
        int row = 0;
        for (Table table : tables) {
            System.arraycopy(table.numbers, 0, all, row * first.numColumns, table.numbers.length);
            for (int c = 0; c < first.numColumns; c++) {
                if (allTexts[c] != null) {
                    System.arraycopy(table.texts[c], 0, allTexts[c], row, table.numRows);
                }
            }
            row += table.numRows;
        }
        return new Table(numRows, first.numColumns, all, allTexts);
    }

    /** Whether another table has as many columns, text in the same ones. */
    public boolean hasColumnsOf(Table other) {
        if (other.numColumns != numColumns) {
            return false;
        }
        for (int c = 0; c < numColumns; c++) {
            if (isText(c) != other.isText(c)) {
                return false;
            }
        }
        return true;
    }
}
