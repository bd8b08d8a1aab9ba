package dev.nightjar.server.dialect.bluefly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.server.Bodies;
import dev.nightjar.server.error.ApiException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Row B25: which form a request asks for. */
final class GenerateRequestTest {

    private static Optional<OutputFormat> format(String members) {
        return GenerateRequest.parse(Bodies.of("\"prompt\":\"x\"" + members))
                .sequences()
                .output()
                .format();
    }

    @Test
    void b25_jsonIsAJsonObject() {
        OutputFormat object = new OutputFormat.JsonObject();
        assertEquals(Optional.empty(), format(""));
        assertEquals(Optional.empty(), format(",\"format\":\"text\""));
        assertEquals(Optional.of(object), format(",\"format\":\"json\""));
        assertEquals(
                Optional.of(object), format(",\"response_format\":{\"type\":\"json_object\"}"));
        ApiException both =
                assertThrows(
                        ApiException.class,
                        () -> format(",\"format\":\"json\",\"guided_regex\":\"a\""));
        assertEquals("format", both.error().param().orElseThrow());
    }
}
