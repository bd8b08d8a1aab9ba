package dev.nightjar.server.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonBoolean;
import dev.nightjar.server.json.JsonValue.JsonDecimal;
import dev.nightjar.server.json.JsonValue.JsonInteger;
import dev.nightjar.server.json.JsonValue.JsonNull;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonReaderTest {

    private static JsonValue read(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyKindOfValue() {
        JsonValue expected =
                new JsonObject(
                        Map.of(
                                "a",
                                new JsonArray(
                                        List.of(
                                                new JsonInteger(1),
                                                new JsonDecimal(new BigDecimal("2.5")),
                                                JsonBoolean.TRUE,
                                                JsonBoolean.FALSE,
                                                JsonNull.NULL,
                                                new JsonString("x\"\n🦉")))));
        assertEquals(expected, read("{\"a\":[1, 2.5, true, false, null, \"x\\\"\\n🦉\"]}"));
    }

    @Test
    void errorsAreLocated() {
        JsonSyntaxException error =
                assertThrows(JsonSyntaxException.class, () -> read("{\n \"a\": ]"));
        assertEquals(2, error.line());
        assertEquals(7, error.column());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,\"a\":1}",
                "1 2",
                "NaN",
                "01",
                "'a'",
                "{a:1}",
                "\"\n\"",
                "// c\n1",
                "+1",
                "tru"
            })
    void refuses(String text) {
        assertThrows(JsonSyntaxException.class, () -> read(text));
    }

    @Test
    void limits() {
        assertThrows(JsonSyntaxException.class, () -> read("[".repeat(65) + "]".repeat(65)));
        assertThrows(JsonSyntaxException.class, () -> read("1".repeat(500)));
        assertThrows(JsonSyntaxException.class, () -> read("[" + "1,".repeat(4_000_000) + "1]"));
    }

    /** Whatever the bytes are, they are a value or an error with a place. */
    @Property(tries = 500)
    void neverFailsOtherwise(@ForAll byte[] document) {
        try {
            JsonReader.read(document);
        } catch (JsonSyntaxException error) {
            assertEquals(true, error.line() >= 1);
        }
    }

    @Property(tries = 200)
    void textRoundTrips(@ForAll String text) {
        byte[] json = JsonText.of(generator -> generator.writeString(text));
        assertEquals(new JsonString(text), JsonReader.read(json));
    }
}
