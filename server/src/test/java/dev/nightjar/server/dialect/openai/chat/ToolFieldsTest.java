package dev.nightjar.server.dialect.openai.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.request.ToolChoice;
import dev.nightjar.engine.text.TextOutput;
import dev.nightjar.server.Bodies;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request says of tools. */
final class ToolFieldsTest {

    private static final String F = tool("f");
    private static final String G = tool("g");
    private static final String NAMED = "{\"type\":\"function\",\"function\":{\"name\":\"g\"}}";

    private static String tool(String name) {
        return "{\"type\":\"function\",\"function\":{\"name\":\"%s\",\"parameters\":{}}}"
                .formatted(name);
    }

    private static Map<String, Object> plain(String name) {
        return Map.of("type", "function", "function", Map.of("name", name, "parameters", Map.of()));
    }

    private static ToolUse read(String more) {
        return ToolFields.read(Bodies.of("\"tools\":[%s,%s]%s".formatted(F, G, more)));
    }

    private static ToolUse use(ToolChoice choice, TextOutput.ToolCalls calls) {
        return new ToolUse(
                List.of(plain("f"), plain("g")), choice, calls, ToolUse.CallForm.TOOL_CALLS);
    }

    @Test
    void choices() {
        TextOutput.ToolCalls parallel = TextOutput.ToolCalls.PARALLEL;
        assertEquals(use(new ToolChoice.Auto(), parallel), read(""));
        assertEquals(use(new ToolChoice.Auto(), parallel), read(",\"tool_choice\":\"auto\""));
        assertEquals(
                use(new ToolChoice.Required(), parallel), read(",\"tool_choice\":\"required\""));
        assertEquals(use(new ToolChoice.Named("g"), parallel), read(",\"tool_choice\":" + NAMED));
        assertEquals(
                use(new ToolChoice.Auto(), TextOutput.ToolCalls.SINGLE),
                read(",\"parallel_tool_calls\":false"));
        assertEquals(ToolUse.NONE, read(",\"tool_choice\":\"none\""));
    }

    @Test
    void allowedToolsAreTheOnlyOnes() {
        String allowed =
                ",\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":"
                        + "{\"mode\":\"required\",\"tools\":[%s]}}";
        ToolUse use = read(allowed.formatted(NAMED));
        assertEquals(List.of(plain("g")), use.tools());
        assertEquals(new ToolChoice.Required(), use.choice());
        String unknown = allowed.formatted(NAMED.replace("g\"", "h\""));
        assertEquals("tool_choice", Bodies.paramAtFault(() -> read(unknown)));
        assertEquals(
                "tool_choice.allowed_tools.tools",
                Bodies.paramAtFault(() -> read(allowed.formatted(""))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"tools\":[]",
                "\"tools\":null,\"tool_choice\":\"auto\"",
                "\"tool_choice\":\"none\"",
                "\"functions\":[],\"function_call\":\"auto\"",
                "\"parallel_tool_calls\":true"
            })
    void noTools(String members) {
        assertEquals(ToolUse.NONE, ToolFields.read(Bodies.of(members)));
    }

    @Test
    void functionsAreToolsOfWhichOneIsCalled() {
        String functions = "\"functions\":[{\"name\":\"f\",\"parameters\":{}}]";
        ToolUse auto = ToolFields.read(Bodies.of(functions));
        assertEquals(List.of(plain("f")), auto.tools());
        assertEquals(TextOutput.ToolCalls.SINGLE, auto.calls());
        assertEquals(ToolUse.CallForm.FUNCTION_CALL, auto.form());
        ToolUse named =
                ToolFields.read(Bodies.of(functions + ",\"function_call\":{\"name\":\"f\"}"));
        assertEquals(new ToolChoice.Named("f"), named.choice());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"tools\":[T129]                              | tools",
                "\"tools\":[{}]                                | tools[0].type",
                "\"tools\":[1]                                 | tools[0]",
                "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}} | tool_choice",
                "\"functions\":[{\"name\":\"f\"}],\"function_call\":{\"name\":\"g\"} | function_call",
                "\"parallel_tool_calls\":\"no\"                | parallel_tool_calls"
            })
    void errorsNameTheMember(String members, String param) {
        String filled = members.replace("T129", "1,".repeat(128) + "1");
        assertEquals(param, Bodies.paramAtFault(() -> ToolFields.read(Bodies.of(filled))));
    }
}
