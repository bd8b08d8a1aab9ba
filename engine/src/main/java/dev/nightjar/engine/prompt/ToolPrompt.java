package dev.nightjar.engine.prompt;

import dev.nightjar.engine.answer.CallForm;
import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatPrompt;
import dev.nightjar.tokenizer.template.ChatTemplate;
import dev.nightjar.tokenizer.template.ChatTemplates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts tools, calls and their results into plain messages, for templates that know nothing of them:
 * tools go to the system message with the form that calls are to have, calls to the text of the
 * assistant, results to the user's next turn.
 */
final class ToolPrompt {

    private static final String SYSTEM = "system";
    private static final String USER = "user";
    private static final String CALLS = "tool_calls";
    private static final String CONTENT = "content";

    private static final ChatTemplate INSTRUCTION =
            ChatTemplates.of(
                    """
                    You can call tools. Each line describes one of them, with a JSON schema of its \
                    arguments:
                    {% for tool in tools %}
                    {{ tool | tojson }}
                    {% endfor %}

                    To call a tool, answer with nothing but its name and a JSON object of \
                    arguments, in this form:
                    {{ example }}
                    For several calls, write them in one answer:
                    {{ examples }}
                    The results come with the next message. Where no tool helps, answer without a \
                    call.""");

    private static final ChatTemplate HISTORY =
            ChatTemplates.of(
                    """
                    {%- set message = messages[0] -%}
                    {%- if message.content is string -%}{{ message.content }}{%- endif -%}
                    {%- if message.content -%}{{ "\\n" }}{%- endif -%}
                    {{- form.opening -}}
                    {%- for call in message.tool_calls -%}
                    {%- set function = call.function if call.function else call -%}
                    {{- form.beforeName + function.name + form.afterName -}}
                    {{- function.arguments if function.arguments is string
                        else function.arguments | tojson -}}
                    {{- form.afterArguments -}}
                    {%- if not loop.last -%}{{ form.between }}{%- endif -%}
                    {%- endfor -%}
                    {{- form.closing -}}""");

    private final CallForm form;

    ToolPrompt(CallForm form) {
        this.form = form;
    }

    /** The conversation with its tools told in the system message. */
    ChatPrompt told(ChatPrompt prompt) {
        String one = call("NAME");
        String several = form.opening() + one + form.between() + call("OTHER_NAME");
        String instruction =
                INSTRUCTION.render(
                        prompt.withVariables(
                                Map.of(
                                        "example",
                                        form.opening() + one + form.closing(),
                                        "examples",
                                        several + form.closing())));
        List<ChatMessage> messages = new ArrayList<>(prompt.messages());
        ChatMessage first = messages.getFirst();
        if (first.role().equals(SYSTEM)) {
            messages.set(0, new ChatMessage(SYSTEM, first.text() + "\n\n" + instruction));
        } else {
            messages.addFirst(new ChatMessage(SYSTEM, instruction));
        }
        return prompt.withMessages(messages).withoutTools();
    }

    private String call(String name) {
        return form.beforeName()
                + name
                + form.afterName()
                + "{\"ARGUMENT\": \"VALUE\"}"
                + form.afterArguments();
    }

    /** The conversation with calls and results as text. */
    ChatPrompt spelled(ChatPrompt prompt) {
        List<ChatMessage> messages = new ArrayList<>();
        boolean isAfterResult = false;
        for (ChatMessage message : prompt.messages()) {
            boolean isResult = message.role().equals("tool");
            ChatMessage plain = isResult ? result(message) : withoutCalls(message);
            if (isAfterResult && plain.role().equals(USER)) {
                messages.add(joined(messages.removeLast(), plain));
            } else {
                messages.add(plain);
            }
            isAfterResult = isResult || (isAfterResult && plain.role().equals(USER));
        }
        return prompt.withMessages(messages);
    }

    /** The conversation with name and arguments of calls in the calls themselves. */
    static ChatPrompt flat(ChatPrompt prompt) {
        return prompt.withMessages(
                prompt.messages().stream()
                        .map(
                                message ->
                                        message.members().get(CALLS) instanceof List<?> calls
                                                ? message.with(CALLS, flat(calls))
                                                : message)
                        .toList());
    }

    private static List<?> flat(List<?> calls) {
        return calls.stream()
                .map(
                        call ->
                                call instanceof Map<?, ?> members
                                                && members.get("function")
                                                        instanceof Map<?, ?> inner
                                        ? inner
                                        : call)
                .toList();
    }

    /** Whether a conversation holds calls or results. */
    static boolean hasCalls(ChatPrompt prompt) {
        return prompt.messages().stream()
                .anyMatch(message -> message.role().equals("tool") || isCalling(message));
    }

    private static boolean isCalling(ChatMessage message) {
        return message.members().get(CALLS) instanceof List<?> calls && !calls.isEmpty();
    }

    private ChatMessage withoutCalls(ChatMessage message) {
        if (!isCalling(message)) {
            return message;
        }
        Map<String, Object> members = new LinkedHashMap<>(message.members());
        members.remove(CALLS);
        members.put(
                CONTENT,
                HISTORY.render(
                        ChatPrompt.of(List.of(message.with(CONTENT, message.text())))
                                .withVariables(Map.of("form", parts()))));
        return new ChatMessage(members);
    }

    private Map<String, Object> parts() {
        return Map.of(
                "opening",
                form.opening(),
                "beforeName",
                form.beforeName(),
                "afterName",
                form.afterName(),
                "afterArguments",
                form.afterArguments(),
                "between",
                form.between(),
                "closing",
                form.closing());
    }

    private static ChatMessage result(ChatMessage message) {
        return new ChatMessage(USER, "<tool_response>\n" + message.text() + "\n</tool_response>");
    }

    /** Many templates want users and assistants to take turns. */
    private static ChatMessage joined(ChatMessage one, ChatMessage other) {
        return new ChatMessage(USER, one.text() + "\n" + other.text());
    }
}
