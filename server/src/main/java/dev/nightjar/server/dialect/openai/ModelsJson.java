package dev.nightjar.server.dialect.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.json.JsonText;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** The models in service. */
public final class ModelsJson {

    private static final Instant STARTED = Instant.now();

    private ModelsJson() {}

    /** All of them. */
    public static byte[] list(List<ServedModel> models) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("object", "list");
                    json.writeArrayFieldStart("data");
                    for (ServedModel model : models) {
                        write(json, model);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    /** One of them. */
    public static byte[] one(ServedModel model) {
        return JsonText.of(json -> write(json, model));
    }

    private static void write(JsonGenerator json, ServedModel model) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", model.id());
        json.writeStringField("object", "model");
        json.writeNumberField("created", created(model));
        json.writeStringField("owned_by", "nightjar");
        json.writeEndObject();
    }

    /** A name without a loaded model is as old as this server. */
    private static long created(ServedModel model) {
        return model.loadedAt().orElse(STARTED).getEpochSecond();
    }
}
