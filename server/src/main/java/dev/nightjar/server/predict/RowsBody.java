package dev.nightjar.server.predict;

import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.NotServed;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * Reads the rows of a body: a bare array, or an object with one of the members that MLflow and
 * TensorFlow Serving have for them.
 */
public final class RowsBody {

    /** What one request may hold; a file is predicted by {@code nightjar predict}. */
    public static final int MAX_ROWS = 100_000;

    private static final String INPUTS = "inputs";
    private static final String INSTANCES = "instances";
    private static final String SPLIT = "dataframe_split";
    private static final String RECORDS = "dataframe_records";
    private static final List<String> FORMS = List.of(INPUTS, INSTANCES, SPLIT, RECORDS);

    private static final Field<Boolean> PARAMS = NotServed.field("params");

    /** What bodies of rows have beside {@code inputs}. */
    public static final List<Field<?>> FIELDS =
            List.of(
                    form(
                            INSTANCES,
                            "Of a model of rows: one row, or an array of rows, each an array of"
                                    + " features or an object by their names."),
                    form(
                            SPLIT,
                            "Of a model of rows: {columns, data}, where data is an array of"
                                    + " rows; columns may be in any order."),
                    form(
                            RECORDS,
                            "Of a model of rows: an array of rows, each an object by the"
                                    + " features' names."),
                    PARAMS);

    private static final BodySpec KNOWN =
            BodySpec.of(FIELDS)
                    .and(List.of(form(INPUTS, ""), Field.string("model", "The model's id.")));

    private RowsBody() {}

    private static Field<?> form(String name, String summary) {
        return Field.of(name, FieldSchema.anything(), summary, field -> field);
    }

    /**
     * The rows of a body.
     *
     * @param body an array or an object
     * @throws dev.nightjar.server.error.ApiException with status 400 if they do not fit the model
     * @throws dev.nightjar.engine.request.InvalidRequestException likewise
     */
    public static Table read(RequestField body, TabularModel model) {
        RowReader rows = new RowReader(model);
        if (body.isArray()) {
            rows.read(body.value(), "");
            return rows.table();
        }
        if (!(body.value() instanceof JsonObject)) {
            throw expected(model, body.value().kind());
        }
        RequestObject object = body.object();
        object.ignoreAllBut(KNOWN);
        object.get(PARAMS);
        RequestField form = form(object, model);
        switch (form.path()) {
            case SPLIT -> readSplit(form.object(), rows);
            case RECORDS -> rows.readRecords(form.value(), RECORDS);
            case INPUTS -> readInputs(form, rows);
            default -> rows.read(form.value(), form.path());
        }
        return rows.table();
    }

    private static RequestField form(RequestObject object, TabularModel model) {
        List<RequestField> forms =
                FORMS.stream().flatMap(name -> object.field(name).stream()).toList();
        if (forms.size() == 1) {
            return forms.getFirst();
        }
        Set<String> members = object.object().members().keySet();
        throw expected(
                model,
                forms.isEmpty()
                        ? members.isEmpty() ? "an empty object" : "none of them"
                        : String.join(" and ", forms.stream().map(RequestField::path).toList()));
    }

    private static RuntimeException expected(TabularModel model, String found) {
        return ApiError.invalidRequest(
                        "the body must be an array of rows of %d features, or an object with one of %s; found %s"
                                .formatted(model.numFeatures(), String.join(", ", FORMS), found))
                .withParam(INPUTS)
                .asException();
    }

    /** By name, an array of values for each column, as TensorFlow Serving has it; or rows. */
    private static void readInputs(RequestField inputs, RowReader rows) {
        if (inputs.value() instanceof JsonObject columns) {
            rows.readColumns(columns, INPUTS);
        } else {
            rows.read(inputs.value(), INPUTS);
        }
    }

    private static void readSplit(RequestObject split, RowReader rows) {
        split.ignoreAllBut(Set.of("columns", "data", "index"));
        List<RequestField> data = split.required("data").elements();
        if (split.field("columns").isEmpty()) {
            rows.readRows(data, SPLIT + ".data");
            return;
        }
        List<String> columns =
                split.required("columns").elements().stream().map(RequestField::string).toList();
        rows.readRows(data, SPLIT + ".data", columns);
    }
}
