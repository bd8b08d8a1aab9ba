package dev.nightjar.server.predict;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TableBuilder;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.predict.Cells.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads rows, by place or by name, into a table. For one thread. */
final class RowReader {

    private final TabularModel model;
    private final TableBuilder builder;
    private final Cells cells;
    private List<String> names = List.of();
    private int[] order = {};

    RowReader(TabularModel model) {
        this.model = model;
        this.builder = new TableBuilder(model);
        this.cells = new Cells(builder, FeatureTypes.of(model));
    }

    Table table() {
        return builder.build();
    }

    /** One row, or an array of rows, each an array or an object. */
    void read(JsonValue value, String path) {
        switch (value) {
            case JsonArray array when isOfRows(array) -> {
                requireRows(array.elements().size(), path);
                for (int r = 0; r < array.elements().size(); r++) {
                    readRow(array.elements().get(r), r, path);
                }
            }
            case JsonArray row -> addRow(row.elements(), 0, (r, c) -> path + "[" + c + "]", path);
            default -> throw wrong(path, "an array of rows", value);
        }
    }

    private static boolean isOfRows(JsonArray array) {
        return !array.elements().isEmpty()
                && (array.elements().getFirst() instanceof JsonArray
                        || array.elements().getFirst() instanceof JsonObject);
    }

    private void readRow(JsonValue value, int r, String path) {
        switch (value) {
            case JsonArray row -> addRow(row.elements(), r, place(path), path + "[" + r + "]");
            case JsonObject record -> addRecord(record, r, path);
            default -> throw wrong(path + "[" + r + "]", "a row, an array or an object", value);
        }
    }

    private static Place place(String path) {
        return (r, c) -> path + "[" + r + "][" + c + "]";
    }

    /** An array of objects. */
    void readRecords(JsonValue value, String path) {
        if (!(value instanceof JsonArray array)) {
            throw wrong(path, "an array of objects", value);
        }
        requireRows(array.elements().size(), path);
        for (int r = 0; r < array.elements().size(); r++) {
            if (!(array.elements().get(r) instanceof JsonObject record)) {
                throw wrong(path + "[" + r + "]", "an object", array.elements().get(r));
            }
            addRecord(record, r, path);
        }
    }

    /** Arrays in the order of the model. */
    void readRows(List<RequestField> rows, String path) {
        requireRows(rows.size(), path);
        for (int r = 0; r < rows.size(); r++) {
            readRow(array(rows.get(r)), r, path);
        }
    }

    private static JsonArray array(RequestField row) {
        return row.value() instanceof JsonArray array ? array : row.expected("an array");
    }

    /** Arrays in the order of these columns. */
    void readRows(List<RequestField> rows, String path, List<String> columns) {
        requireRows(rows.size(), path);
        int[] places = NamedColumns.order(model, columns);
        Place place = (r, c) -> path + "[" + r + "][" + places[c] + "]";
        for (int r = 0; r < rows.size(); r++) {
            List<JsonValue> row = array(rows.get(r)).elements();
            if (row.size() != columns.size()) {
                throw shape(
                        path + "[" + r + "]",
                        "%d values, one for each column".formatted(columns.size()),
                        row.size());
            }
            addRow(row, places, r, place);
        }
    }

    /** An array of values for each column, or one value each. */
    void readColumns(JsonObject columns, String path) {
        requireNames(path);
        List<String> given = List.copyOf(columns.members().keySet());
        int[] places = NamedColumns.order(model, given);
        List<List<JsonValue>> values = new ArrayList<>();
        for (Map.Entry<String, JsonValue> column : columns.members().entrySet()) {
            values.add(
                    column.getValue() instanceof JsonArray array
                            ? array.elements()
                            : List.of(column.getValue()));
            if (values.getLast().size() != values.getFirst().size()) {
                throw shape(
                        path + "." + column.getKey(),
                        "%d values, as many as %s has"
                                .formatted(values.getFirst().size(), given.getFirst()),
                        values.getLast().size());
            }
        }
        int numRows = values.isEmpty() ? 0 : values.getFirst().size();
        requireRows(numRows, path);
        Place place = (r, c) -> path + "." + model.featureNames().get(c) + "[" + r + "]";
        for (int r = 0; r < numRows; r++) {
            List<JsonValue> row = new ArrayList<>(values.size());
            for (List<JsonValue> column : values) {
                row.add(column.get(r));
            }
            addRow(row, places, r, place);
        }
    }

    private void addRecord(JsonObject record, int r, String path) {
        requireNames(path + "[" + r + "]");
        List<String> given = List.copyOf(record.members().keySet());
        if (order.length == 0 || !given.equals(names)) { // most records are alike
            order = NamedColumns.order(model, given);
            names = given;
        }
        Place place = (row, c) -> path + "[" + row + "]." + model.featureNames().get(c);
        addRow(List.copyOf(record.members().values()), order, r, place);
    }

    private void requireNames(String path) {
        if (model.featureNames().isEmpty()) {
            throw ApiError.invalidRequest(
                            "%s must be an array, as this model's features have no names, found an object"
                                    .formatted(path))
                    .withParam(path)
                    .asException();
        }
    }

    private void addRow(List<JsonValue> row, int r, Place place, String path) {
        if (row.size() != model.numFeatures()) {
            throw features(path, row.size());
        }
        builder.addRow();
        for (int c = 0; c < row.size(); c++) {
            cells.set(c, row.get(c), r, place);
        }
    }

    private void addRow(List<JsonValue> row, int[] places, int r, Place place) {
        builder.addRow();
        for (int c = 0; c < places.length; c++) {
            if (places[c] >= 0) {
                cells.set(c, row.get(places[c]), r, place);
            }
        }
    }

    private static void requireRows(int numRows, String path) {
        if (numRows == 0) {
            throw shape(path, "at least one row", 0);
        }
        if (numRows > RowsBody.MAX_ROWS) {
            throw shape(path, "at most %d rows".formatted(RowsBody.MAX_ROWS), numRows);
        }
    }

    private ApiException features(String path, int found) {
        List<String> known = model.featureNames();
        String shown =
                known.isEmpty()
                        ? ""
                        : " (%s%s)"
                                .formatted(
                                        String.join(
                                                ", ", known.subList(0, Math.min(8, known.size()))),
                                        known.size() > 8 ? ", …" : "");
        return shape(
                path,
                "%d features%s, shape [-1, %d]"
                        .formatted(model.numFeatures(), shown, model.numFeatures()),
                found);
    }

    private static ApiException shape(String path, String expected, int found) {
        return ApiError.invalidRequest(
                        "%s must have %s, found %d".formatted(subject(path), expected, found))
                .withParam(path.isEmpty() ? "inputs" : path)
                .asException();
    }

    private static ApiException wrong(String path, String expected, JsonValue found) {
        return ApiError.invalidRequest(
                        "%s must be %s, found %s".formatted(subject(path), expected, found.kind()))
                .withParam(path.isEmpty() ? "inputs" : path)
                .asException();
    }

    private static String subject(String path) {
        return path.isEmpty() ? "the row" : path;
    }
}
