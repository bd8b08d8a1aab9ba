package dev.nightjar.server.dialect.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.json.JsonText;
import java.io.IOException;
import java.util.List;

/** The models in service. */
final class ModelsJson {

    private ModelsJson() {}

    static byte[] list(List<TextModel> models) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("object", "list");
                    json.writeArrayFieldStart("data");
                    for (TextModel model : models) {
                        write(json, model);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    static byte[] one(TextModel model) {
        return JsonText.of(json -> write(json, model));
    }

    private static void write(JsonGenerator json, TextModel model) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", model.name());
        json.writeStringField("object", "model");
        json.writeNumberField("created", model.loadedAt().getEpochSecond());
        json.writeStringField("owned_by", "nightjar");
        json.writeEndObject();
    }
}
