package dev.nightjar.server.dialect.openai;

import dev.nightjar.server.api.ApiError;
import dev.nightjar.server.json.JsonText;

/** The wire form of errors: clients require all four members. */
public final class OpenAiErrors {

    private OpenAiErrors() {}

    /** The error as a body or as an event. */
    public static byte[] json(ApiError error) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeObjectFieldStart("error");
                    json.writeStringField("message", error.message());
                    json.writeStringField("type", error.type());
                    json.writeStringField("param", error.param().orElse(null));
                    json.writeStringField("code", error.code().orElse(null));
                    json.writeEndObject();
                    json.writeEndObject();
                });
    }
}
