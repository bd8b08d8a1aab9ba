package dev.nightjar.server.dialect.oip;

import dev.nightjar.engine.predict.RowModel;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.Version;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ModelPolicy;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;

/** The protocol's routes. Those of a version come before those that take any model id. */
public final class OpenInferenceRoutes {

    private static final String MODEL = "/v2/models/{+id}";
    private static final List<String> BASES = List.of(MODEL + "/versions/{version}", MODEL);

    private static final String EXAMPLE =
            """
            {"inputs":[{"name":"rows","shape":[1,6],"datatype":"FP64",\
            "data":[0,15,-12,30,0.1,0.5]}]}""";

    private static final AnswerSpec SERVER =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"object","required":["name","version","extensions"],\
                            "properties":{"name":{"type":"string"},"version":{"type":"string"},\
                            "extensions":{"type":"array","items":{"type":"string"}}}}"""));

    private static final AnswerSpec INFERRED =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"object","required":["model_name","outputs"],"properties":\
                            {"model_name":{"type":"string"},"model_version":{"type":"string"},\
                            "id":{"type":"string"},"outputs":{"type":"array","items":\
                            {"type":"object","required":["name","datatype","shape"],"properties":\
                            {"name":{"type":"string"},"datatype":{"type":"string"},\
                            "shape":{"type":"array","items":{"type":"integer"}},\
                            "data":{"type":"array"}}}}}}"""));

    private final ModelCatalog models;
    private final InferCall infer;

    /** Serves these models. */
    public OpenInferenceRoutes(ModelCatalog models, Answers answers) {
        this.models = models;
        this.infer = new InferCall(answers);
    }

    /** The routes. */
    public List<Route> all() {
        List<Route> all = new ArrayList<>();
        all.add(
                get("/v2", "Names the server and its extensions.", this::server)
                        .withAnswer(SERVER)
                        .withoutModels());
        all.add(
                get("/v2/health/live", "Whether the process runs.", this::live)
                        .withAnswer(flag("live"))
                        .withoutModels());
        all.add(
                get("/v2/health/ready", "Whether models are served.", this::ready)
                        .withAnswer(flag("ready")));
        for (String base : BASES) {
            all.add(
                    Route.post(
                                    Dialect.OPEN_INFERENCE,
                                    base + "/infer",
                                    "Predicts for rows.",
                                    InferCall.BODY,
                                    this::infer)
                            .withAnswer(INFERRED)
                            .withExample(base.equals(MODEL) ? "infer" : "infer-version", EXAMPLE));
            all.add(
                    get(base + "/ready", "Whether a model takes requests.", this::modelReady)
                            .withAnswer(flag("ready")));
            all.add(
                    get(base, "Describes a model's tensors.", this::metadata)
                            .withAnswer(MetadataJson.ANSWER));
        }
        return all;
    }

    private static AnswerSpec flag(String name) {
        return AnswerSpec.json(
                FieldSchema.of(
                        """
                        {"type":"object","required":["%s"],"properties":\
                        {"%s":{"type":"boolean"}}}"""
                                .formatted(name, name)));
    }

    private static Route get(String path, String summary, Handler handler) {
        return Route.get(Dialect.OPEN_INFERENCE, path, summary, handler);
    }

    private void server(ServerRequest request, ServerResponse response) {
        send(
                response,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("name", "nightjar");
                    json.writeStringField("version", Version.current());
                    json.writeArrayFieldStart("extensions");
                    json.writeString("binary_tensor_data");
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private void live(ServerRequest request, ServerResponse response) {
        sendFlag(response, "live");
    }

    /** The route needs models, so it is only asked where there are some. */
    private void ready(ServerRequest request, ServerResponse response) {
        sendFlag(response, "ready");
    }

    private static void sendFlag(ServerResponse response, String name) {
        send(
                response,
                json -> {
                    json.writeStartObject();
                    json.writeBooleanField(name, true);
                    json.writeEndObject();
                });
    }

    /** The protocol's clients look at the status alone. */
    private void modelReady(ServerRequest request, ServerResponse response) {
        ServedModel model = ModelPolicy.show(named(request), response);
        if (!model.takesRequests()) {
            throw ApiError.invalidRequest(
                            "model '%s' is %s".formatted(model.id(), model.state().word()))
                    .withCode("model_not_loaded")
                    .asException();
        }
        send(
                response,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("name", model.id());
                    json.writeBooleanField("ready", true);
                    json.writeEndObject();
                });
    }

    private void metadata(ServerRequest request, ServerResponse response) {
        ServedModel model = ModelPolicy.use(named(request), request, response);
        RowModel rows = model.rows();
        send(response, json -> MetadataJson.write(json, model, rows.model()));
    }

    private void infer(ServerRequest request, ServerResponse response) {
        infer.answer(request, response, ModelPolicy.use(named(request), request, response));
    }

    private ServedModel named(ServerRequest request) {
        ModelCatalog visible = models.visibleTo(request);
        String id = request.path().pathParameters().get("id");
        return request.path()
                .pathParameters()
                .first("version")
                .map(version -> ModelVersions.find(visible, id, version))
                .orElseGet(() -> visible.named(id));
    }

    private static void send(ServerResponse response, JsonText.Content content) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(JsonText.of(content));
    }
}
