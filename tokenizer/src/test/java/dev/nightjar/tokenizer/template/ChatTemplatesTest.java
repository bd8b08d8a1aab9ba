package dev.nightjar.tokenizer.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChatTemplatesTest {
    private static final ChatMessage SYSTEM = new ChatMessage("system", "Be brief.");
    private static final ChatMessage HELLO = new ChatMessage("user", "Hello");

    private static final String PLAIN =
            "{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}"
                    + "{% if add_generation_prompt %}>{% endif %}";

    @Test
    void rendersMessagesTokensAndVariables() {
        ChatTemplate template =
                ChatTemplates.of("{{ bos_token }}" + PLAIN + "{{ mood }}{{ tools is none }}")
                        .withTokens(Map.of("bos_token", "<s>"));
        assertEquals("<s>[user]Hello>True", template.render(List.of(HELLO)));
        ChatPrompt prompt =
                ChatPrompt.of(List.of(HELLO))
                        .withEnding(ChatPrompt.Ending.LAST_MESSAGE)
                        .withVariables(Map.of("mood", "calm", "messages", "cannot be replaced"));
        assertEquals("<s>[user]HellocalmTrue", template.render(prompt));
    }

    @Test
    void theDateComesFromTheClock() {
        Clock clock = Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);
        ChatTemplate template = ChatTemplates.of("{{ strftime_now('%d %b %Y') }}").withClock(clock);
        assertEquals("03 Feb 2026", template.render(List.of(HELLO)));
    }

    @Test
    void variantsAreChosenByWhatThereIs() {
        ChatTemplate template =
                ChatTemplates.of(
                        Map.of(
                                "default",
                                "plain" + PLAIN,
                                "tool_use",
                                "tools" + PLAIN,
                                "rag",
                                "documents" + PLAIN));
        ChatPrompt prompt = ChatPrompt.of(List.of(HELLO));
        assertTrue(template.render(prompt).startsWith("plain"));
        assertTrue(template.render(prompt.withTools(List.of())).startsWith("plain"));
        assertTrue(template.render(prompt.withTools(List.of("t"))).startsWith("tools"));
        assertTrue(template.render(prompt.withDocuments(List.of("d"))).startsWith("documents"));
        ChatTemplate only = ChatTemplates.of(Map.of("other", "other" + PLAIN));
        assertTrue(only.render(prompt).startsWith("other"));
    }

    @Test
    void argumentsOfToolCallsAreObjects() {
        ChatTemplate template =
                ChatTemplates.of(
                        "{% for c in messages[-1].tool_calls %}{{ c.function.arguments }};"
                                + "{% endfor %}");
        assertEquals(
                "{'a': 1};not json;[1];{'b': 2};",
                template.render(
                        List.of(HELLO, call("{\"a\": 1}", "not json", "[1]", "{\"b\":2}"))));
    }

    private static ChatMessage call(String... arguments) {
        List<Object> calls = new ArrayList<>();
        for (String text : arguments) {
            calls.add(Map.of("function", Map.of("name", "f", "arguments", text)));
        }
        return new ChatMessage("assistant", "").with("tool_calls", calls);
    }

    /** Templates that refuse system messages, drop them, or know no role but two. */
    static List<String> templatesWithoutSystem() {
        return List.of(
                "{% if messages[0].role == 'system' %}{{ raise_exception('no') }}{% endif %}"
                        + PLAIN,
                "{% for m in messages %}{% if m.role == 'user' %}[user]{{ m.content }}"
                        + "{% endif %}{% endfor %}>",
                "{% for m in messages %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}"
                        + "{{ raise_exception('Roles must alternate') }}{% endif %}"
                        + "[{{ m.role }}]{{ m.content }}{% endfor %}>");
    }

    @ParameterizedTest
    @MethodSource("templatesWithoutSystem")
    void systemTextJoinsTheFirstUserMessage(String source) {
        ChatTemplate template = ChatTemplates.of(source);
        assertEquals("[user]Be brief.\nHello>", template.render(List.of(SYSTEM, HELLO)));
        assertEquals("[user]Hello>", template.render(List.of(HELLO)));
        assertEquals("[user]Be brief.>", template.render(List.of(SYSTEM)));
    }

    @Test
    void contentBecomesPartsForTemplatesThatPrintNothingElse() {
        ChatTemplate template =
                ChatTemplates.of(
                        "{% for m in messages %}[{{ m.role }}]{% for p in m.content %}"
                                + "{{ p.text }}{% endfor %}{% endfor %}");
        assertEquals("[system]Be brief.[user]Hello", template.render(List.of(SYSTEM, HELLO)));
    }

    @Test
    void refusalOfATemplateNamesItsPlace() {
        ChatTemplate template =
                ChatTemplates.of(
                        "{% for m in messages %}\n{% if m.role == 'narrator' %}"
                                + "{{ raise_exception('Only users, found ' ~ m.role) }}"
                                + "{% endif %}{{ m.content }}{% endfor %}");
        List<ChatMessage> messages = List.of(new ChatMessage("narrator", "Once"));
        String message =
                assertThrows(ChatTemplateException.class, () -> template.render(messages))
                        .getMessage();
        assertTrue(message.contains("Only users, found narrator"), message);
        assertTrue(message.contains("line 2, column "), message);
        assertThrows(ChatTemplateException.class, () -> template.render(List.of()));
    }

    @Test
    void brokenTemplatesAreRefusedWithTheirPlace() {
        String message =
                assertThrows(
                                UnsupportedTemplateException.class,
                                () -> ChatTemplates.of("a\n{% if x %}\n{{ 1 +"))
                        .getMessage();
        assertTrue(message.contains("line 3, column 7"), message);
        assertTrue(message.contains("--chat-template"), message);
        assertThrows(
                UnsupportedTemplateException.class,
                () -> ChatTemplates.of("{% include 'other' %}"));
        assertThrows(UnsupportedTemplateException.class, () -> ChatTemplates.of(Map.of()));
        assertThrows(
                UnsupportedTemplateException.class,
                () -> ChatTemplates.ofRequest("x".repeat(200_000)));
    }

    @Test
    void templatesOfClientsFailOnUnknownNames() {
        ChatPrompt prompt = ChatPrompt.of(List.of(HELLO));
        for (String source :
                List.of(
                        "{{ unknown }}",
                        "{{ unknown.member }}",
                        "{{ 'a' ~ unknown }}",
                        "{{ unknown | trim }}",
                        "{{ [unknown] }}",
                        "{{ messages[0].unknown }}",
                        "{{ messages | tojson ~ (unknown | tojson) }}")) {
            ChatTemplate template = ChatTemplates.ofRequest(source);
            String message =
                    assertThrows(ChatTemplateException.class, () -> template.render(prompt), source)
                            .getMessage();
            assertTrue(message.contains("line 1, column"), message);
        }
        String harmless = "{% if unknown %}a{% endif %}{{ unknown is defined }}{{ unknown or 1 }}";
        assertEquals("False1", ChatTemplates.ofRequest(harmless).render(prompt));
        assertEquals("False1", ChatTemplates.of(harmless).render(prompt));
        assertEquals("", ChatTemplates.of("{{ unknown }}").render(prompt));
    }

    @Test
    void templatesOfClientsGetTheConversationAsItIs() {
        ChatTemplate template = ChatTemplates.ofRequest("{{ messages[1].content }}");
        assertEquals("Hello", template.render(List.of(SYSTEM, HELLO)));
    }

    /** The example of the documented gateway API; its line ends stand raw inside of literals. */
    @Test
    void documentedExampleOfAClientRendersExactly() {
        String source = ClientExample.SOURCE;
        List<ChatMessage> messages =
                List.of(
                        new ChatMessage("system", "Be friendly"),
                        new ChatMessage("user", "What's the capital of UAE?"),
                        new ChatMessage("assistant", ""));
        ChatTemplate template = ChatTemplates.ofRequest(source);
        assertEquals(
                "\n\n                Be friendly\n            \n\nuser: What's the capital of UAE?"
                        + "\n\n            \n\nassistant: \n\n    ",
                template.render(messages));
        assertEquals(
                "\n\n                Be friendly\n            \n\nuser: What's the capital of UAE?"
                        + "\n\n                \n\nAssistant: \n    ",
                template.render(messages.subList(0, 2)));
        ChatTemplate escaped = ChatTemplates.ofRequest(ClientExample.ESCAPED);
        assertEquals(template.render(messages), escaped.render(messages));
    }

    @Test
    void demoModelTemplateWritesToolsAndTheirAnswers() throws Exception {
        ChatTemplate template = ChatTemplates.of(ClientExample.demoTemplate());
        List<ChatMessage> answers =
                List.of(
                        HELLO,
                        new ChatMessage("tool", "1"),
                        new ChatMessage("tool", "2"),
                        new ChatMessage("assistant", "3"));
        assertEquals(
                """
                <|im_start|>user
                Hello<|im_end|>
                <|im_start|>user
                <tool_response>
                1
                </tool_response>
                <tool_response>
                2
                </tool_response><|im_end|>
                <|im_start|>assistant
                3<|im_end|>
                <|im_start|>assistant
                """,
                template.render(answers));
        String withTools =
                template.render(
                        ChatPrompt.of(List.of(SYSTEM, HELLO))
                                .withTools(List.of(Map.of("name", "f"))));
        assertTrue(
                withTools.startsWith(
                        "<|im_start|>system\nBe brief.\n\n# Tools\n\nYou can call these"
                                + " functions:\n<tools>\n{\"name\": \"f\"}\n</tools>"),
                withTools);
    }

    @Test
    void everyNameIsATemplateThatPrintsAllThereIs() {
        assertTrue(ChatTemplates.names().size() > 30);
        for (String name : ChatTemplates.names()) {
            String text =
                    ChatTemplates.named(name)
                            .render(
                                    List.of(
                                            SYSTEM,
                                            HELLO,
                                            new ChatMessage("assistant", "Hi!"),
                                            new ChatMessage("user", "Bye")));
            for (String part : List.of("Be brief.", "Hello", "Hi!", "Bye")) {
                assertTrue(text.contains(part), name + " lacks " + part + ": " + text);
            }
        }
        String message =
                assertThrows(
                                UnsupportedTemplateException.class,
                                () -> ChatTemplates.named("nonesuch"))
                        .getMessage();
        assertTrue(message.contains("chatml"), message);
    }

    @Test
    void messagesKeepWhateverTheyHold() {
        ChatMessage message =
                HELLO.with("name", "Ann").with("content", List.of(Map.of("text", "Hi")));
        assertEquals("Hi", message.text());
        assertEquals("user", message.role());
        assertFalse(HELLO.members().containsKey("name"));
        assertThrows(ChatTemplateException.class, () -> new ChatMessage(Map.of("content", "x")));
    }
}
