package dev.nightjar.bench.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.Json;
import java.util.Map;

/**
 * What a sample got.
 *
 * @param status of HTTP
 * @param type the media type
 * @param text the body
 */
record Answer(int status, String type, String text) {

    /** One that a sample's script printed about itself. */
    static Answer of(Object printed) {
        return new Answer(
                ((Number) Json.at(printed, "status")).intValue(),
                String.valueOf(Json.at(printed, "type")),
                String.valueOf(Json.at(printed, "text")));
    }

    /** The body of a good answer. */
    Object json() {
        assertEquals(200, status, text);
        assertTrue(type.startsWith("application/json"), type);
        return Json.read(text);
    }

    /** An error object with at least a message, a type and a code. */
    Map<?, ?> requireError(int expected) {
        assertEquals(expected, status, text);
        assertTrue(type.startsWith("application/json"), type);
        Map<?, ?> error = assertInstanceOf(Map.class, Json.at(Json.read(text), "error"), text);
        assertInstanceOf(String.class, error.get("message"), text);
        assertInstanceOf(String.class, error.get("type"), text);
        assertTrue(error.containsKey("param") && error.containsKey("code"), text);
        return error;
    }

    /** Either the printed shape, or 501 while its task is on the list of those to come. */
    void require(String task, PrintedShape shape) {
        if (TasksToCome.NAMES.contains(task)) {
            requireError(501);
        } else {
            shape.requireOf(json());
        }
    }
}
