package dev.nightjar.server.error;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.json.JsonText;
import java.io.IOException;

/** The wire forms of errors; each dialect has one. */
public enum ErrorShape {
    /**
     * {@code {"error": {message, type, param, code, details, request_id}}}: OpenAI's object with
     * what Bluefly adds.
     */
    OBJECT,
    /** The same with the message once more as {@code detail}, where FastAPI's clients look. */
    OBJECT_AND_DETAIL,
    /**
     * {@code {"error", "error_type"}} of Text Embeddings Inference; the Open Inference Protocol
     * knows the first of both.
     */
    TEI;

    /**
     * How a refusal of the caller looks where other errors look like this: Text Embeddings
     * Inference knows no callers.
     */
    public ErrorShape ofRefusedCallers() {
        return this == TEI ? OBJECT : this;
    }

    /**
     * The error as a body or as an event.
     *
     * @param requestId names the request in the server's log
     */
    public byte[] json(ApiError error, String requestId) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    if (this == TEI) {
                        json.writeStringField("error", error.message());
                        json.writeStringField("error_type", error.code().orElse(error.type()));
                    } else {
                        writeError(json, error, requestId);
                    }
                    if (this == OBJECT_AND_DETAIL) {
                        json.writeStringField("detail", error.message());
                    }
                    json.writeEndObject();
                });
    }

    private static void writeError(JsonGenerator json, ApiError error, String requestId)
            throws IOException {
        json.writeObjectFieldStart("error");
        json.writeStringField("message", error.message());
        json.writeStringField("type", error.type());
        json.writeStringField("param", error.param().orElse(null));
        json.writeStringField("code", error.code().orElse(null));
        json.writeNullField("details");
        json.writeStringField("request_id", requestId);
        json.writeEndObject();
    }
}
