package dev.nightjar.engine.tabular.graph;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.Field;
import dev.nightjar.engine.tabular.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An input of a graph, as some columns of a table.
 *
 * @param name of it
 * @param type of its elements
 * @param width how many columns
 * @param layout how rows and columns become dimensions
 */
public record GraphInput(String name, ElementType type, int width, Layout layout) {

    /** What the dimensions are. */
    public enum Layout {
        /** [rows, columns]. */
        MATRIX,
        /** [rows], of one column. */
        VECTOR,
        /** [columns], of one row. */
        ROW
    }

    /** One field a column, or one tensor of all. */
    public Field field(boolean isOnly) {
        if (isOnly) {
            return Field.tensor(type.valueType(), -1, width);
        }
        return width == 1
                ? Field.column(name, type.valueType())
                : new Field(
                        Optional.of(name),
                        type.valueType(),
                        Optional.of(List.of(-1L, (long) width)),
                        true);
    }

    /** The names of its columns. */
    public List<String> columnNames() {
        return width == 1
                ? List.of(name)
                : IntStream.range(0, width).mapToObj(i -> name + "_" + i).toList();
    }

    /**
     * The columns from {@code first} on as an array.
     *
     * @throws InvalidRequestException if a cell is not of the type
     */
    public Array read(Table rows, int first, Budget budget) {
        int numRows = rows.numRows();
        Shape shape =
                switch (layout) {
                    case MATRIX -> new Shape(numRows, width);
                    case VECTOR -> new Shape(numRows);
                    case ROW -> new Shape(width);
                };
        if (type == ElementType.TEXT) {
            TextArray array = budget.texts(shape);
            for (int i = 0; i < array.texts().length; i++) {
                array.texts()[i] = text(rows, i / width, first + i % width);
            }
            return array;
        }
        NumberArray array = budget.numbers(type, shape);
        for (int i = 0; i < array.numbers().length; i++) {
            array.numbers()[i] = number(rows, i / width, first + i % width);
        }
        return array;
    }

    private String text(Table rows, int row, int column) {
        if (!rows.isText(column)) {
            throw wrong(row, "text", "a number");
        }
        // What is missing is empty text, as there is nothing else that it could be.
        return rows.text(row, column).orElse("");
    }

    private double number(Table rows, int row, int column) {
        if (rows.isText(column)) {
            throw wrong(row, "a number", "text");
        }
        double x = rows.number(row, column);
        if (type.isFloating()) {
            return type.round(x);
        }
        if (x != type.round(x)) {
            throw wrong(row, "a value of type " + type, Double.toString(x));
        }
        return x;
    }

    private InvalidRequestException wrong(int row, String expected, String found) {
        return new InvalidRequestException(
                "inputs",
                "row %d, %s: expected %s, found %s".formatted(row, name, expected, found));
    }
}
