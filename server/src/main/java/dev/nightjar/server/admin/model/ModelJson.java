package dev.nightjar.server.admin.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.lifecycle.ModelInstance;
import dev.nightjar.engine.lifecycle.ModelManager;
import dev.nightjar.engine.lifecycle.ModelState;
import dev.nightjar.engine.lifecycle.ModelStatus;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.catalog.CatalogEntry;
import dev.nightjar.server.catalog.Channel;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.catalog.Version;
import dev.nightjar.server.json.JsonText;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Models with their versions, as administrators see them. */
final class ModelJson {

    private static final String MODEL =
            """
            {"type":"object","required":["id","task","state","aliases","channels","pinned",\
            "limits","versions"],"properties":{"id":{"type":"string"},"task":{"type":"string"},\
            "state":{"type":"string"},"aliases":{"type":"array","items":{"type":"string"}},\
            "channels":{"type":"object"},"pinned":{"type":"boolean"},\
            "limits":{"type":"object"},"versions":{"type":"array","items":{"type":"object",\
            "required":["version","state","in_flight","replicas"]}}}}\
            """;

    /** One model. */
    static final AnswerSpec ONE = AnswerSpec.json(FieldSchema.of(MODEL));

    /** All models. */
    static final AnswerSpec LIST =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"object","required":["models","memory"],"properties":\
                            {"models":{"type":"array","items":%s},"memory":{"type":"object",\
                            "required":["used_bytes"]}}}\
                            """
                                    .formatted(MODEL)));

    private final ModelCatalog catalog;

    ModelJson(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    /** All models but their other names, and the memory they share. */
    byte[] list() {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("models");
                    for (CatalogEntry entry : catalog.entries()) {
                        if (entry.aliasOf().isEmpty()) {
                            write(json, entry);
                        }
                    }
                    json.writeEndArray();
                    writeMemory(json);
                    json.writeEndObject();
                });
    }

    /** One model. */
    byte[] one(CatalogEntry entry) {
        return JsonText.of(json -> write(json, entry));
    }

    private void writeMemory(JsonGenerator json) throws IOException {
        Optional<ModelManager> manager = catalog.manager();
        json.writeObjectFieldStart("memory");
        json.writeFieldName("budget_bytes");
        if (manager.isPresent() && manager.get().budgetBytes().isPresent()) {
            json.writeNumber(manager.get().budgetBytes().getAsLong());
        } else {
            json.writeNull();
        }
        json.writeNumberField("used_bytes", manager.map(ModelManager::usedBytes).orElse(0L));
        json.writeEndObject();
    }

    private void write(JsonGenerator json, CatalogEntry entry) throws IOException {
        ServedModel model = catalog.named(entry.name());
        List<Version> versions = entry.versions().all(entry.name());
        json.writeStartObject();
        json.writeStringField("id", entry.name());
        json.writeStringField("task", entry.task().word());
        json.writeStringField("state", model.state().word());
        json.writeStringField("description", entry.description());
        writeAliases(json, entry);
        json.writeObjectFieldStart("channels");
        for (Map.Entry<Channel, Integer> channel : entry.channels().entrySet()) {
            json.writeNumberField(channel.getKey().suffix(), channel.getValue());
        }
        json.writeEndObject();
        json.writeBooleanField(
                "pinned",
                versions.stream()
                        .flatMap(version -> status(version).stream())
                        .anyMatch(ModelStatus::isPinned));
        json.writeObjectFieldStart("limits");
        writeLimit(json, "max_input", model.effectiveInput());
        writeLimit(json, "max_output", model.effectiveOutput());
        writeLimit(json, "context", model.context());
        json.writeEndObject();
        json.writeArrayFieldStart("versions");
        for (Version version : versions) {
            write(json, entry, version);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeAliases(JsonGenerator json, CatalogEntry entry) throws IOException {
        json.writeArrayFieldStart("aliases");
        for (CatalogEntry other : catalog.entries()) {
            if (other.aliasOf().filter(entry.name()::equals).isPresent()) {
                json.writeString(other.name());
            }
        }
        json.writeEndArray();
    }

    private static void writeLimit(JsonGenerator json, String name, OptionalInt limit)
            throws IOException {
        if (limit.isPresent()) {
            json.writeNumberField(name, limit.getAsInt());
        } else {
            json.writeNullField(name);
        }
    }

    private Optional<ModelStatus> status(Version version) {
        return catalog.manager().flatMap(manager -> version.model().flatMap(manager::status));
    }

    private void write(JsonGenerator json, CatalogEntry entry, Version version) throws IOException {
        Optional<ModelStatus> status = status(version);
        Optional<ModelInstance> loaded = status.flatMap(ModelStatus::instance);
        json.writeStartObject();
        json.writeStringField("version", version.id());
        json.writeFieldName("number");
        if (version.id().equals(entry.name())) {
            json.writeNull();
        } else {
            json.writeNumber(version.id().substring(entry.name().length() + 2));
        }
        json.writeStringField(
                "state", status.map(ModelStatus::state).orElse(ModelState.UNLOADED).word());
        writeText(json, "model", version.model());
        writeText(json, "source", status.map(known -> known.spec().source().origin()));
        writeText(json, "architecture", loaded.flatMap(ModelJson::architecture));
        writeText(json, "quantization", loaded.map(ModelInstance::quantization));
        json.writeNumberField("memory_bytes", status.map(ModelStatus::memoryBytes).orElse(0L));
        writeText(json, "loaded_at", status.flatMap(ModelStatus::loadedAt).map(Instant::toString));
        writeText(
                json,
                "last_used_at",
                status.flatMap(ModelStatus::lastUsedAt).map(Instant::toString));
        json.writeNumberField("in_flight", status.map(ModelStatus::inFlight).orElse(0));
        json.writeNumberField("replicas", status.map(ModelStatus::replicas).orElse(0));
        writeText(json, "error", status.flatMap(ModelStatus::error));
        json.writeEndObject();
    }

    private static Optional<String> architecture(ModelInstance loaded) {
        return loaded.text()
                .map(TextModel::architecture)
                .or(() -> loaded.encoder().map(EncoderModel::architecture))
                .or(() -> loaded.rows().map(rows -> rows.model().description()));
    }

    private static void writeText(JsonGenerator json, String name, Optional<String> text)
            throws IOException {
        if (text.isPresent()) {
            json.writeStringField(name, text.get());
        } else {
            json.writeNullField(name);
        }
    }
}
