package dev.nightjar.engine.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatPrompt;
import dev.nightjar.tokenizer.template.ChatTemplates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tools in conversations of templates that know nothing of them, and of those that do. */
class ToolPromptTest {

    private static final Map<String, ?> TOOL = Map.of("function", Map.of("name", "weather"));

    /** Refuses everything but users and assistants in turns. */
    private static final String STRICT =
            """
            {%- for message in messages -%}
            {%- if message.role not in ["user", "assistant"] -%}
            {{ raise_exception("no " + message.role) }}
            {%- endif -%}
            {%- if (message.role == "user") != (loop.index0 % 2 == 0) -%}
            {{ raise_exception("turns") }}
            {%- endif -%}
            <{{ message.role }}>{{ message.content }}
            {%- endfor -%}""";

    private static final ChatPrompt HISTORY =
            ChatPrompt.of(
                            List.of(
                                    new ChatMessage("system", "Be brief."),
                                    new ChatMessage("user", "Weather?"),
                                    new ChatMessage("assistant", "Let me look.")
                                            .with(
                                                    "tool_calls",
                                                    List.of(
                                                            call("{\"city\": \"Bern\"}"),
                                                            call("{}"))),
                                    new ChatMessage("tool", "sunny").with("tool_call_id", "a"),
                                    new ChatMessage("tool", "rain").with("tool_call_id", "b"),
                                    new ChatMessage("user", "And?")))
                    .withTools(List.of(TOOL));

    private static Map<String, ?> call(String arguments) {
        return Map.of("id", "a", "function", Map.of("name", "weather", "arguments", arguments));
    }

    private static String render(String template, ChatPrompt prompt) {
        ChatRenderer chat =
                new ChatRenderer(
                        Optional.of(ChatTemplates.of(template)),
                        Map.of(),
                        AnswerChoice.byTemplate());
        return chat.render(prompt, Optional.empty(), "m");
    }

    @Test
    void templatesWithoutToolsAreTold() {
        String text = render(STRICT, HISTORY);
        assertTrue(text.startsWith("<user>Be brief.\n\nYou can call tools."), text);
        assertTrue(
                text.contains(
                        """
                        arguments:
                        {"function": {"name": "weather"}}
                        """),
                text);
        assertTrue(
                text.contains(
                        """
                        <tool_call>
                        {"name": "NAME", "arguments": {"ARGUMENT": "VALUE"}}
                        </tool_call>
                        """),
                text);
        assertTrue(
                text.endsWith(
                        """
                        Weather?<assistant>Let me look.
                        <tool_call>
                        {"name": "weather", "arguments": {"city": "Bern"}}
                        </tool_call>
                        <tool_call>
                        {"name": "weather", "arguments": {}}
                        </tool_call><user><tool_response>
                        sunny
                        </tool_response>
                        <tool_response>
                        rain
                        </tool_response>
                        And?"""),
                text);
    }

    @Test
    void withoutToolsNobodyIsTold() {
        String text = render(STRICT, HISTORY.withoutTools());
        assertTrue(text.startsWith("<user>Be brief.\nWeather?"), text);
        assertTrue(text.contains("<tool_response>"), text);
    }

    @Test
    void templatesThatKnowToolsGetThem() {
        String template =
                """
                {%- for tool in tools or [] %}tool {{ tool.function.name }} <tool_call>{% endfor -%}
                {%- for message in messages -%}
                [{{ message.role }} {{ message.content }}
                {%- for call in message.tool_calls %} {{ call.function.name }}({{
                call.function.arguments | tojson }}){% endfor %}]
                {%- endfor -%}""";
        String text = render(template, HISTORY);
        assertEquals(
                "tool weather <tool_call>[system Be brief.][user Weather?]"
                        + "[assistant Let me look. weather({\"city\": \"Bern\"}) weather({})]"
                        + "[tool sunny][tool rain][user And?]",
                text);
        assertFalse(text.contains("You can call"));
    }
}
