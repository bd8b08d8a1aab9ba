package dev.nightjar.server.dialect.oip;

import dev.nightjar.engine.predict.RowModel;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.dialect.oip.InferAnswer.Body;
import dev.nightjar.server.dialect.oip.InferAnswer.Result;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.json.JsonValue.JsonObject;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Predicts for the rows that a request's tensors hold. */
final class InferCall {

    /** Of the binary extension: how long the JSON in front is. */
    private static final HeaderName JSON_LENGTH =
            HeaderNames.create("Inference-Header-Content-Length");

    private static final Field<List<RequestField>> INPUTS =
            Field.of(
                    "inputs",
                    FieldSchema.of(
                            """
                            {"type":"array","minItems":1,"items":{"type":"object",\
                            "required":["name","shape","datatype"],"properties":\
                            {"name":{"type":"string"},"shape":{"type":"array",\
                            "items":{"type":"integer"}},"datatype":{"type":"string"},\
                            "data":{"type":"array"},"parameters":{"type":"object"}}},\
                            "examples":[[{"name":"rows","shape":[1,6],"datatype":"FP64",\
                            "data":[0,15,-12,30,0.1,0.5]}]]}"""),
                    "One tensor of all features, shape [rows, features] or [features], or one"
                            + " for each feature by its name, shape [rows] or [rows, 1].",
                    RequestField::elements);
    private static final Field<RequestField> OUTPUTS =
            Field.of(
                    "outputs",
                    FieldSchema.of(
                            """
                            {"type":"array","items":{"type":"object","required":["name"],\
                            "properties":{"name":{"type":"string"},\
                            "parameters":{"type":"object"}}},"examples":[[],\
                            [{"name":"predict_proba"}]]}"""),
                    "Which tensors to answer with: predict, predict_proba, raw, leaves,"
                            + " contributions, as far as the model has them; default predict.",
                    field -> field);
    private static final Field<String> ID =
            Field.string("id", "Names the request; the answer repeats it.");
    private static final Field<RequestObject> PARAMETERS =
            Field.of(
                    "parameters",
                    FieldSchema.of("{\"type\":\"object\"}"),
                    "binary_data_output: whether tensors are bytes behind the JSON of the answer.",
                    RequestField::object);

    /** What it takes. */
    static final BodySpec BODY =
            BodySpec.of(List.of(INPUTS, OUTPUTS, ID, PARAMETERS)).requiring(INPUTS.name());

    private final Answers answers;

    InferCall(Answers answers) {
        this.answers = answers;
    }

    void answer(ServerRequest request, ServerResponse response, ServedModel served) {
        RowModel model = served.rows();
        Received received = Received.of(request);
        RequestObject body = received.body();
        body.ignoreAllBut(BODY);
        Optional<String> id = body.get(ID);
        body.get(PARAMETERS).ifPresent(all -> all.ignoreAllBut(Set.of(Output.BINARY_OUTPUT)));
        Table rows = rows(body, received.bytes(), model);
        List<Result> results = new ArrayList<>();
        for (Output output : Output.asked(body, model.model())) {
            results.add(
                    new Result(
                            output,
                            answers.await(request, () -> model.predict(rows, output.kind()))));
        }
        body.ignored().writeTo(response);
        send(response, new InferAnswer(served.id(), ModelVersions.of(served), id, results).body());
    }

    /**
     * A request's JSON, and what follows it.
     *
     * @param body the JSON
     * @param bytes elements of tensors
     */
    private record Received(RequestObject body, TensorBytes bytes) {

        static Received of(ServerRequest request) {
            Optional<String> header = request.headers().first(JSON_LENGTH);
            if (header.isEmpty()) {
                return of(RequestBody.readValue(request), new TensorBytes(new byte[0], 0));
            }
            byte[] all = RequestBody.bytes(request);
            int length = length(header.get(), all.length);
            return of(
                    RequestBody.value(Arrays.copyOf(all, length), request),
                    new TensorBytes(all, length));
        }

        private static Received of(RequestField value, TensorBytes bytes) {
            if (!(value.value() instanceof JsonObject)) {
                throw ApiError.invalidRequest("the body must be a JSON object").asException();
            }
            return new Received(value.object(), bytes);
        }

        private static int length(String text, int bodyBytes) {
            boolean isFit = text.matches("\\d{1,9}") && Integer.parseInt(text) <= bodyBytes;
            if (!isFit) {
                throw ApiError.invalidRequest(
                                ("the header %s must be the length of the JSON in bytes, at most the"
                                                + " body's %d, found '%s'")
                                        .formatted(JSON_LENGTH.defaultCase(), bodyBytes, text))
                        .withParam(JSON_LENGTH.defaultCase())
                        .asException();
            }
            return Integer.parseInt(text);
        }
    }

    private static Table rows(RequestObject body, TensorBytes bytes, RowModel model) {
        TensorReader reader = new TensorReader(bytes);
        List<RequestField> inputs = body.require(INPUTS);
        if (inputs.isEmpty()) {
            body.required(INPUTS.name()).expected("at least one tensor", "none");
        }
        List<Tensor> tensors = inputs.stream().map(reader::read).toList();
        bytes.requireEnd();
        return new TensorTable(model.model()).of(tensors);
    }

    private static void send(ServerResponse response, Body body) {
        if (body.bytes().length == 0) {
            response.header(HeaderValues.CONTENT_TYPE_JSON);
            response.send(body.json());
            return;
        }
        byte[] all = Arrays.copyOf(body.json(), body.json().length + body.bytes().length);
        System.arraycopy(body.bytes(), 0, all, body.json().length, body.bytes().length);
        response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
        response.header(JSON_LENGTH, Integer.toString(body.json().length));
        response.send(all);
    }
}
