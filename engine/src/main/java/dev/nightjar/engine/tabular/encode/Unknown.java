package dev.nightjar.engine.tabular.encode;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.Table;

/** The error for a category that an encoder was not fitted on and does not take. */
final class Unknown {

    private Unknown() {}

    static InvalidRequestException of(Table rows, int row, int column) {
        return new InvalidRequestException(
                "inputs",
                "row %d, column %d: expected a category that the model knows, found %s"
                        .formatted(row, column, Categories.shown(rows, row, column)));
    }
}
