package dev.nightjar.server.api;

import java.util.Optional;

/**
 * What a route answers when all is well.
 *
 * @param mediaType of the body
 * @param schema what a JSON body holds
 * @param isAlsoStreamed whether the request may ask for server-sent events instead
 * @param status of HTTP
 */
public record AnswerSpec(
        String mediaType, Optional<FieldSchema> schema, boolean isAlsoStreamed, int status) {

    private static final String JSON = "application/json";
    private static final int OK = 200;
    private static final int CREATED = 201;

    /** A JSON object. */
    public static AnswerSpec json() {
        return json(FieldSchema.of("{\"type\":\"object\"}"));
    }

    /** JSON of this shape. */
    public static AnswerSpec json(FieldSchema schema) {
        return new AnswerSpec(JSON, Optional.of(schema), false, OK);
    }

    /** JSON of this shape about something that was made. */
    public static AnswerSpec created(FieldSchema schema) {
        return new AnswerSpec(JSON, Optional.of(schema), false, CREATED);
    }

    /** Text. */
    public static AnswerSpec text(String mediaType) {
        return new AnswerSpec(mediaType, Optional.empty(), false, OK);
    }

    /** The same, or server-sent events where the request asks for them. */
    public AnswerSpec orEvents() {
        return new AnswerSpec(mediaType, schema, true, status);
    }
}
