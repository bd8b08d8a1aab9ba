package dev.nightjar.server.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.engine.text.TextOutput;
import dev.nightjar.server.Bodies;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All ways to ask for the form of a text. */
final class FormatFieldsTest {

    private static Optional<AskedFormat> read(String members) {
        return FormatFields.read(Bodies.of(members));
    }

    private static void assertFormat(OutputFormat format, String path, String members) {
        assertEquals(Optional.of(new AskedFormat(format, path)), read(members));
    }

    @Test
    void schemas() {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"const\":1.50}},\"x\":null}";
        OutputFormat format = new OutputFormat.JsonSchema(schema);
        String named = "{\"name\":\"n\",\"strict\":true,\"schema\":%s}".formatted(schema);
        assertFormat(
                format,
                "response_format",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":%s}"
                        .formatted(named));
        assertFormat(
                format,
                "response_format",
                "\"response_format\":{\"type\":\"json_object\",\"schema\":%s}".formatted(schema));
        assertFormat(format, "json_schema", "\"json_schema\":" + schema);
        assertFormat(format, "guided_json", "\"guided_json\":" + schema);
        assertFormat(format, "guided_json", "\"guided_json\":\"%s\"".formatted(escaped(schema)));
        assertFormat(
                format,
                "structured_outputs.json",
                "\"structured_outputs\":{\"json\":%s}".formatted(schema));
    }

    private static String escaped(String json) {
        return json.replace("\"", "\\\"");
    }

    @Test
    void objects() {
        OutputFormat format = new OutputFormat.JsonObject();
        assertFormat(format, "response_format", "\"response_format\":{\"type\":\"json_object\"}");
        assertFormat(
                format,
                "structured_outputs.json_object",
                "\"structured_outputs\":{\"json_object\":true}");
    }

    @Test
    void expressionsChoicesAndGrammars() {
        OutputFormat regex = new OutputFormat.Regex("a+b");
        assertFormat(regex, "guided_regex", "\"guided_regex\":\"a+b\"");
        assertFormat(
                regex,
                "structured_outputs.regex",
                "\"structured_outputs\":{\"regex\":\"a+b\",\"choice\":null}");
        OutputFormat choice = new OutputFormat.Choice(List.of("yes", "no"));
        assertFormat(choice, "guided_choice", "\"guided_choice\":[\"yes\",\"no\"]");
        assertFormat(
                choice,
                "structured_outputs.choice",
                "\"structured_outputs\":{\"choice\":[\"yes\",\"no\"]}");
        OutputFormat grammar = new OutputFormat.Grammar("root ::= \"x\"");
        String gbnf = "\"root ::= \\\"x\\\"\"";
        assertFormat(grammar, "grammar", "\"grammar\":" + gbnf);
        assertFormat(grammar, "guided_grammar", "\"guided_grammar\":" + gbnf);
        assertFormat(
                grammar,
                "structured_outputs.grammar",
                "\"structured_outputs\":{\"grammar\":%s}".formatted(gbnf));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"response_format\":null",
                "\"response_format\":{\"type\":\"text\"}",
                "\"grammar\":\"\"",
                "\"structured_outputs\":{\"json_object\":false}",
                "\"guided_decoding_backend\":\"xgrammar\""
            })
    void nothing(String members) {
        assertEquals(Optional.empty(), read(members));
    }

    @Test
    void whatTheEngineRefusesIsNamedAsTheClientDid() {
        Sequences plain =
                new Sequences(null, OptionalInt.empty(), TextOutput.plain(), 1, false, Map.of());
        AskedFormat asked = read("\"guided_regex\":\"a\"").orElseThrow();
        assertEquals("guided_regex", plain.withFormat(asked).names().get("regex"));
    }
}
