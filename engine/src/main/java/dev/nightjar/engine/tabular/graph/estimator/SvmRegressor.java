package dev.nightjar.engine.tabular.graph.estimator;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.graph.Arguments;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.Shape;
import dev.nightjar.engine.tabular.graph.Value;
import java.util.List;

/** A weighted sum of kernels; of one class, its sign. */
public final class SvmRegressor implements Operator {
    private final SupportVectors vectors;
    private final double[] coefficients;
    private final double constant;
    private final boolean isOneClass;

    /**
     * An operator.
     *
     * @param coefficients one a vector
     */
    public SvmRegressor(
            SupportVectors vectors, double[] coefficients, double constant, boolean isOneClass) {
        if (coefficients.length != vectors.count()) {
            throw new ModelFormatException(
                    "expected %d coefficients, found %d"
                            .formatted(vectors.count(), coefficients.length));
        }
        this.vectors = vectors;
        this.coefficients = coefficients;
        this.constant = constant;
        this.isOneClass = isOneClass;
    }

    @Override
    public List<Value> run(Arguments arguments) {
        Rows rows = Rows.of(arguments, vectors.width());
        double[] kernels = vectors.kernels(rows, arguments);
        NumberArray result =
                arguments.budget().numbers(ElementType.FLOAT, new Shape(rows.numRows(), 1));
        for (int r = 0; r < rows.numRows(); r++) {
            double sum = 0;
            for (int i = 0; i < coefficients.length; i++) {
                sum += coefficients[i] * kernels[r * coefficients.length + i];
            }
            double score = (float) (sum + constant);
            result.numbers()[r] = isOneClass ? score > 0 ? 1 : -1 : score;
        }
        return List.of(result);
    }
}
