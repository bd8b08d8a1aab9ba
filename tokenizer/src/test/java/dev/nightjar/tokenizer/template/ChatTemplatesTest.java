package dev.nightjar.tokenizer.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplatesTest {
    private static final List<ChatMessage> HELLO = List.of(new ChatMessage("user", "Hello"));
    private static final String HELLO_PROMPT =
            "<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n";

    private static final String COMMON =
            "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' +"
                    + " message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}"
                    + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                COMMON,
                COMMON + "\n",
                "{% if not add_generation_prompt is defined %}"
                        + "{% set add_generation_prompt = false %}{% endif %}"
                        + COMMON,
                """
                {%- for message in messages -%}
                    {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' -}}
                {%- endfor -%}
                {%- if add_generation_prompt -%}
                    {{- "<|im_start|>assistant\\n" -}}
                {%- endif -%}
                """,
                "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
                        + "{{ message['content'] }}<|im_end|>\n{% endfor %}"
                        + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}",
                """
                {% for message in messages %}
                {{ "<|im_start|>" + message.role + "\\n" + message.content + "<|im_end|>" }}
                {% endfor %}
                {% if add_generation_prompt %}
                <|im_start|>assistant
                {% endif %}
                """
            })
    void chatMlIsRecognised(String source) {
        assertEquals(HELLO_PROMPT, ChatTemplates.of(source).render(HELLO));
    }

    @Test
    void defaultSystemMessageIsKept() {
        String source =
                COMMON.replace(
                        "messages %}",
                        "messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
                                + "{{ '<|im_start|>system\\nYou\\'re  a bird.<|im_end|>\\n' }}"
                                + "{% endif %}");
        ChatTemplate template = ChatTemplates.of(source);
        String system = "<|im_start|>system\n%s<|im_end|>\n";
        assertEquals(system.formatted("You're  a bird.") + HELLO_PROMPT, template.render(HELLO));
        List<ChatMessage> own = List.of(new ChatMessage("system", "Be brief."), HELLO.getFirst());
        assertEquals(system.formatted("Be brief.") + HELLO_PROMPT, template.render(own));
    }

    @Test
    void defaultSystemMessageIsOneLiteral() {
        String source =
                COMMON.replace(
                        "messages %}",
                        "messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
                                + "{{ '<|im_start|>system\\n' + name + '<|im_end|>\\n' }}"
                                + "{% endif %}");
        assertThrows(UnsupportedTemplateException.class, () -> ChatTemplates.of(source));
        String empty = source.replace("' + name + '", "");
        assertTrue(
                ChatTemplates.of(empty)
                        .render(HELLO)
                        .startsWith("<|im_start|>system\n<|im_end|>\n<|im_start|>user\n"));
        String large = source.replace("' + name + '", "x".repeat(100_000));
        assertTrue(ChatTemplates.of(large).render(HELLO).length() > 100_000);
    }

    @Test
    void demoModelIsRecognisedByItsMark() {
        String source = "{#- nightjar-demo: ChatML with Hermes tools -#}\n{%- if tools %}…";
        ChatTemplate template = ChatTemplates.of(source);
        assertEquals(HELLO_PROMPT, template.render(HELLO));
        List<ChatMessage> answers =
                List.of(
                        HELLO.getFirst(),
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
    }

    @Test
    void namedTemplateIsChatMl() {
        ChatTemplate template = ChatTemplates.named("chatml");
        assertEquals(HELLO_PROMPT, template.render(HELLO));
        assertTrue(
                template.render(List.of(new ChatMessage("tool", "1")))
                        .startsWith("<|im_start|>tool\n1<|im_end|>\n"));
        assertThrows(UnsupportedTemplateException.class, () -> ChatTemplates.named("vicuna"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{{ bos_token }}{% for message in messages %}{{ message['content'] }}{% endfor %}",
                "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + "
                        + "message['content'] | trim + '<|im_end|>' + '\\n'}}{% endfor %}"
                        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}"
                        + "{% endif %}",
                "{% for message in messages %} {{'<|im_start|>' + message['role'] + '\\n' + "
                        + "message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}"
                        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}"
                        + "{% endif %}",
                "{% for message in messages %}{{'<|im_start|>",
                "{%",
                "{{",
                "{#",
                "{",
                "{%}",
                "{%-%}",
                "{{'"
            })
    void otherSourcesAreRefused(String source) {
        String message =
                assertThrows(UnsupportedTemplateException.class, () -> ChatTemplates.of(source))
                        .getMessage();
        String start = source.substring(0, Math.min(source.length(), 80));
        assertTrue(message.contains("\"" + start + "\""), message);
        assertTrue(message.contains("--chat-template chatml"), message);
    }

    @Test
    void unknownRoleIsRefusedWithTheKnownOnes() {
        ChatTemplate template = ChatTemplates.named("chatml");
        List<ChatMessage> messages = List.of(new ChatMessage("narrator", "Once"));
        String message =
                assertThrows(ChatTemplateException.class, () -> template.render(messages))
                        .getMessage();
        assertTrue(message.contains("system, user, assistant, tool, developer"), message);
        assertTrue(message.contains("narrator"), message);
        assertThrows(ChatTemplateException.class, () -> template.render(List.of()));
    }
}
