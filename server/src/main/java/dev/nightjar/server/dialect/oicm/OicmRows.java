package dev.nightjar.server.dialect.oicm;

import dev.nightjar.engine.predict.RowModel;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.dialect.tei.TeiErrors;
import dev.nightjar.server.dialect.tei.TeiLabels;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.predict.AskedKind;
import dev.nightjar.server.predict.PredictionJson;
import dev.nightjar.server.predict.RowsBody;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/**
 * The document's {@code predict} for classical models: rows in, {@code data} and {@code meta} out.
 */
final class OicmRows {

    private static final List<Field<?>> OF_TEXTS =
            TeiLabels.BODY.fields().stream()
                    .<Field<?>>map(
                            field ->
                                    field.name().equals("inputs")
                                            ? field.meaning(
                                                    field.summary()
                                                            + " Of a model of rows: one row, rows,"
                                                            + " or an array for each column by"
                                                            + " name.")
                                            : field)
                    .toList();

    /** Of a text classifier or of a model of rows. */
    static final BodySpec BODY = BodySpec.of(OF_TEXTS).and(RowsBody.FIELDS).orArray();

    /** Of either. */
    static final AnswerSpec ANSWER =
            AnswerSpec.json(FieldSchema.anyOf(TeiLabels.SCHEMA, PredictionJson.SCHEMA));

    private final OicmModels models;
    private final Answers answers;

    OicmRows(OicmModels models, Answers answers) {
        this.models = models;
        this.answers = answers;
    }

    void answer(ServerRequest request, ServerResponse response, ServedModel served) {
        RowModel model = served.rows();
        TeiErrors.translating(
                request,
                response,
                () -> {
                    PredictionKind kind = AskedKind.of(request);
                    RequestField body = RequestBody.readValue(request);
                    if (body.value() instanceof JsonObject) {
                        models.check(body.object(), served);
                    }
                    Table rows = RowsBody.read(body, model.model());
                    Predictions predictions =
                            answers.await(request, () -> model.predict(rows, kind));
                    body.ignored().writeTo(response);
                    response.header(HeaderValues.CONTENT_TYPE_JSON);
                    response.send(
                            JsonText.of(
                                    json ->
                                            PredictionJson.write(
                                                    json, model.model(), kind, predictions)));
                });
    }
}
