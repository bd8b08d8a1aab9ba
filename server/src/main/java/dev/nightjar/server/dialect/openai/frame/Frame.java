package dev.nightjar.server.dialect.openai.frame;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.api.RequestId;
import dev.nightjar.server.api.Version;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ErrorShape;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/**
 * What all chunks of an answer share.
 *
 * @param id without the prefix of its kind
 * @param created seconds since the epoch
 * @param model the model's name, as the client wrote it
 * @param includesUsage whether the stream ends with token counts
 * @param errors how its errors look
 * @param requestId names the request in errors
 */
public record Frame(
        String id,
        long created,
        String model,
        boolean includesUsage,
        ErrorShape errors,
        String requestId) {

    private static final String FINGERPRINT = "nightjar-" + Version.current();

    /** A new one. */
    public static Frame of(
            ServerResponse response, String model, boolean includesUsage, ErrorShape errors) {
        return new Frame(
                UUID.randomUUID().toString().replace("-", ""),
                Instant.now().getEpochSecond(),
                model,
                includesUsage,
                errors,
                RequestId.of(response));
    }

    /** Writes the members that come first. */
    public void write(JsonGenerator json, String idPrefix, String object) throws IOException {
        json.writeStringField("id", idPrefix + id);
        json.writeStringField("object", object);
        json.writeNumberField("created", created);
        json.writeStringField("model", model);
        json.writeStringField("system_fingerprint", FINGERPRINT);
    }

    /** Where counts come last, all chunks before them say that theirs are missing. */
    public void writeNoUsage(JsonGenerator json) throws IOException {
        if (includesUsage) {
            json.writeNullField("usage");
        }
    }

    /** The event of a failure. */
    public byte[] failure(ApiError error) {
        return errors.json(error, requestId);
    }
}
