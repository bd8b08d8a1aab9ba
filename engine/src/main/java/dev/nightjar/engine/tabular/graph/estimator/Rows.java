package dev.nightjar.engine.tabular.graph.estimator;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.graph.Arguments;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;

/**
 * The only input of an estimator: rows of features, or one row.
 *
 * @param numRows how many
 * @param width features a row
 * @param isDouble whether they came as doubles
 * @param values [rows, features]; not to be changed
 */
public record Rows(int numRows, int width, boolean isDouble, double[] values) {

    /** Input 0 of an operator. */
    public static Rows of(Arguments arguments) {
        NumberArray x = arguments.numbers(0);
        if (x.shape().rank() < 1 || x.shape().rank() > 2) {
            throw new ModelFormatException("expected rows of features, found " + x.kind());
        }
        int width = x.shape().lastSize();
        int numRows = x.shape().rank() == 1 ? 1 : x.shape().size(0);
        return new Rows(numRows, width, x.type() == ElementType.DOUBLE, x.numbers());
    }

    /** As above, where the number of features is known. */
    static Rows of(Arguments arguments, int width) {
        Rows rows = of(arguments);
        if (rows.width != width) {
            throw new ModelFormatException(
                    "expected rows of %d features, found %s"
                            .formatted(width, arguments.numbers(0).kind()));
        }
        return rows;
    }

    /** One feature in float. */
    double number(int row, int feature) {
        return (float) values[row * width + feature];
    }
}
