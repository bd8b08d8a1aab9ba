package dev.nightjar.server.dialect.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/**
 * What all chunks of an answer share.
 *
 * @param id without the prefix of its kind
 * @param created seconds since the epoch
 * @param model the model's name
 * @param fingerprint identifies the software
 * @param includesUsage whether the stream ends with token counts
 */
record Frame(String id, long created, String model, String fingerprint, boolean includesUsage) {

    /** A new one. */
    static Frame of(String model, String fingerprint, boolean includesUsage) {
        return new Frame(
                UUID.randomUUID().toString().replace("-", ""),
                Instant.now().getEpochSecond(),
                model,
                fingerprint,
                includesUsage);
    }

    /** Writes the members that come first. */
    void write(JsonGenerator json, String idPrefix, String object) throws IOException {
        json.writeStringField("id", idPrefix + id);
        json.writeStringField("object", object);
        json.writeNumberField("created", created);
        json.writeStringField("model", model);
        json.writeStringField("system_fingerprint", fingerprint);
    }

    /** Where counts come last, all chunks before them say that theirs are missing. */
    void writeNoUsage(JsonGenerator json) throws IOException {
        if (includesUsage) {
            json.writeNullField("usage");
        }
    }
}
