package dev.nightjar.server.dialect.bluefly;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.catalog.CatalogEntry;
import dev.nightjar.server.catalog.Channel;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.catalog.Version;
import dev.nightjar.server.json.JsonText;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** The models, each with what the document's table says of it and what clients of OpenAI read. */
final class ModelsJson {

    private static final Instant STARTED = Instant.now();

    private ModelsJson() {}

    /** All of them, under the names that either kind of client looks for. */
    static byte[] list(List<ServedModel> models) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("object", "list");
                    for (String name : List.of("models", "data")) {
                        json.writeArrayFieldStart(name);
                        for (ServedModel model : models) {
                            write(json, model);
                        }
                        json.writeEndArray();
                    }
                    json.writeEndObject();
                });
    }

    /** One of them. */
    static byte[] one(ServedModel model) {
        return JsonText.of(json -> write(json, model));
    }

    private static void write(JsonGenerator json, ServedModel model) throws IOException {
        CatalogEntry entry = model.entry();
        json.writeStartObject();
        json.writeStringField("id", model.id());
        json.writeStringField("object", "model");
        json.writeStringField("name", entry.name());
        json.writeStringField("description", entry.description());
        json.writeArrayFieldStart("capabilities");
        for (String capability : entry.capabilities()) {
            json.writeString(capability);
        }
        json.writeEndArray();
        json.writeStringField("task", entry.task().word());
        writeLimits(json, model);
        writeVersions(json, model);
        json.writeStringField("status", model.state().word());
        json.writeNumberField("created", model.loadedAt().orElse(STARTED).getEpochSecond());
        json.writeStringField("owned_by", "nightjar");
        json.writeEndObject();
    }

    private static void writeLimits(JsonGenerator json, ServedModel model) throws IOException {
        OptionalInt input = orElse(model.maxInput(), model.effectiveInput());
        OptionalInt output = orElse(model.maxOutput(), model.effectiveOutput());
        writeLimit(json, "maxInputLength", input);
        writeLimit(json, "max_input_tokens", input);
        writeLimit(json, "max_output_tokens", output);
    }

    /** The table's limit, whatever answers; what answers may take less and says so then. */
    private static OptionalInt orElse(OptionalInt configured, OptionalInt own) {
        return configured.isPresent() ? configured : own;
    }

    /** What a model has no use for is null. */
    private static void writeLimit(JsonGenerator json, String name, OptionalInt limit)
            throws IOException {
        if (limit.isPresent()) {
            json.writeNumberField(name, limit.getAsInt());
        } else {
            json.writeNullField(name);
        }
    }

    private static void writeVersions(JsonGenerator json, ServedModel model) throws IOException {
        CatalogEntry entry = model.entry();
        json.writeStringField("version", model.version());
        json.writeArrayFieldStart("versions");
        if (!entry.versions().models().isEmpty()) {
            for (Version version : entry.versions().all(entry.name())) {
                json.writeString(version.id());
            }
        }
        json.writeEndArray();
        json.writeObjectFieldStart("channels");
        for (Channel channel : Channel.values()) {
            Integer number = entry.channels().get(channel);
            if (number != null) {
                json.writeStringField(channel.suffix(), versionId(entry, number));
            }
        }
        json.writeEndObject();
    }

    private static String versionId(CatalogEntry entry, int number) {
        return entry.name() + "-v" + number;
    }
}
