package dev.nightjar.server.dialect.oicm;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.route.Route;
import java.io.IOException;
import java.util.List;

/** What is below the base of a model, for those who ask there. */
final class OicmIndex {

    /** What it holds. */
    static final AnswerSpec ANSWER =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"object","required":["model_version_id","task","endpoints"],\
                            "properties":{"model_version_id":{"type":"string"},\
                            "task":{"type":"string"},"endpoints":{"type":"array","items":\
                            {"type":"object","required":["method","path","summary","served"],\
                            "properties":{"method":{"type":"string"},"path":{"type":"string"},\
                            "summary":{"type":"string"},"served":{"type":"boolean"}}}}}}"""));

    private OicmIndex() {}

    /**
     * The index of a model.
     *
     * @param base its path, as the client wrote it
     * @param routes relative to the base
     */
    static byte[] of(ServedModel model, String base, List<Route> routes) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("model_version_id", model.id());
                    json.writeStringField("task", model.entry().task().word());
                    json.writeArrayFieldStart("endpoints");
                    for (Route route : routes) {
                        write(json, base, route);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private static void write(JsonGenerator json, String base, Route route) throws IOException {
        json.writeStartObject();
        json.writeStringField("method", route.method().text());
        json.writeStringField("path", base + route.path());
        json.writeStringField("summary", route.summary());
        json.writeBooleanField("served", route.state() == Route.State.SERVED);
        json.writeEndObject();
    }
}
