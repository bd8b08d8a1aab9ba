package dev.nightjar.server.dialect.oip;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.predict.FeatureTypes;
import dev.nightjar.server.predict.NamedColumns;
import dev.nightjar.server.predict.RowsBody;
import java.util.Arrays;
import java.util.List;

/** Makes rows of tensors: one of all features, or one for each by its name. */
final class TensorTable {

    private final TabularModel model;
    private final ValueType[] types;
    private final int width;

    TensorTable(TabularModel model) {
        this.model = model;
        this.types = FeatureTypes.of(model);
        this.width = model.numFeatures();
    }

    /**
     * The rows.
     *
     * @throws ApiException with status 400 if a shape or a type does not fit the model
     * @throws dev.nightjar.engine.request.InvalidRequestException if names do not
     */
    Table of(List<Tensor> tensors) {
        boolean isMatrix =
                tensors.size() == 1
                        && (width > 1 || !model.featureNames().contains(tensors.getFirst().name()));
        return isMatrix ? matrix(tensors.getFirst()) : columns(tensors);
    }

    private Table matrix(Tensor tensor) {
        long[] shape = tensor.shape();
        boolean isRow = shape.length == 1 && shape[0] == width;
        boolean isRows = shape.length == 2 && shape[1] == width;
        if (!isRow && !isRows) {
            throw wrongShape(tensor, "[-1, %d]".formatted(width));
        }
        int numRows = isRow ? 1 : numRows(tensor);
        for (int c = 0; c < width; c++) {
            requireType(tensor, c);
        }
        if (tensor.type() != TensorType.BYTES) {
            return Table.of(numRows, width, tensor.numbers());
        }
        String[][] texts = new String[width][numRows];
        for (int i = 0; i < tensor.texts().length; i++) {
            texts[i % width][i / width] = tensor.texts()[i];
        }
        return Table.of(numRows, new double[numRows * width], texts);
    }

    private Table columns(List<Tensor> tensors) {
        if (model.featureNames().isEmpty()) {
            throw ApiError.invalidRequest(
                            "inputs must be one tensor of shape [-1, %d], as this model's features have no names, found %d tensors"
                                    .formatted(width, tensors.size()))
                    .withParam("inputs")
                    .asException();
        }
        int[] order = NamedColumns.order(model, tensors.stream().map(Tensor::name).toList());
        int numRows = numRows(tensors.getFirst());
        for (Tensor tensor : tensors) {
            boolean isColumn =
                    tensor.shape()[0] == numRows
                            && (tensor.shape().length == 1
                                    || tensor.shape().length == 2 && tensor.shape()[1] == 1);
            if (!isColumn) {
                throw wrongShape(tensor, "[%d] or [%d, 1]".formatted(numRows, numRows));
            }
        }
        double[] numbers = new double[Math.multiplyExact(numRows, width)];
        String[][] texts = new String[width][];
        for (int c = 0; c < width; c++) {
            if (types[c] == ValueType.TEXT) {
                texts[c] = new String[numRows];
            }
            if (order[c] < 0) {
                fillMissing(numbers, c);
            } else {
                requireType(tensors.get(order[c]), c);
                fill(tensors.get(order[c]), c, numbers, texts);
            }
        }
        return Table.of(numRows, numbers, texts);
    }

    private void fillMissing(double[] numbers, int column) {
        for (int i = column; i < numbers.length; i += width) {
            numbers[i] = Double.NaN;
        }
    }

    private void fill(Tensor tensor, int column, double[] numbers, String[][] texts) {
        if (types[column] == ValueType.TEXT) {
            texts[column] = tensor.texts();
            return;
        }
        for (int r = 0; r < tensor.numbers().length; r++) {
            numbers[r * width + column] = tensor.numbers()[r];
        }
    }

    private static int numRows(Tensor tensor) {
        long numRows = tensor.shape()[0];
        if (numRows < 1 || numRows > RowsBody.MAX_ROWS) {
            throw ApiError.invalidRequest(
                            "%s must have 1 to %d rows, found %d"
                                    .formatted(tensor.path(), RowsBody.MAX_ROWS, numRows))
                    .withParam(tensor.path() + ".shape")
                    .asException();
        }
        return (int) numRows;
    }

    private void requireType(Tensor tensor, int column) {
        if (!tensor.type().fits(types[column])) {
            throw ApiError.invalidRequest(
                            "%s.datatype must be %s%s, found %s"
                                    .formatted(
                                            tensor.path(),
                                            TensorType.of(types[column]),
                                            feature(column),
                                            tensor.type()))
                    .withParam(tensor.path() + ".datatype")
                    .asException();
        }
    }

    private String feature(int column) {
        return model.featureNames().isEmpty()
                ? " for feature " + column
                : " for feature " + model.featureNames().get(column);
    }

    private static ApiException wrongShape(Tensor tensor, String expected) {
        return ApiError.invalidRequest(
                        "%s.shape must be %s, found %s"
                                .formatted(
                                        tensor.path(), expected, Arrays.toString(tensor.shape())))
                .withParam(tensor.path() + ".shape")
                .asException();
    }
}
