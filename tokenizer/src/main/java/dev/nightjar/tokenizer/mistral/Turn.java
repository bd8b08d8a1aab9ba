package dev.nightjar.tokenizer.mistral;

import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatTemplateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the format writes as one: neighbouring messages of a role, but each tool result alone. */
sealed interface Turn {
    /** What steers the model. */
    record SystemTurn(String content) implements Turn {}

    /** What the user says. */
    record UserTurn(String content) implements Turn {}

    /**
     * What the model said.
     *
     * @param content text, may be empty
     * @param calls tool calls, each with its {@code id}, {@code name} and {@code arguments}
     */
    record AssistantTurn(String content, List<Call> calls) implements Turn {}

    /**
     * What a tool answered.
     *
     * @param name the tool; empty if the message does not say
     * @param callId the call that it answers; empty if the message does not say
     * @param content the answer, mostly JSON
     */
    record ToolTurn(String name, String callId, String content) implements Turn {}

    /**
     * A call of a tool.
     *
     * @param id its id; empty if there is none
     * @param name the tool
     * @param arguments plain value
     */
    record Call(String id, String name, Object arguments) {}

    /** The turns of a conversation, messages of one role joined by an empty line. */
    static List<Turn> of(List<ChatMessage> messages) {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < messages.size(); ) {
            String role = messages.get(i).role();
            int end = i + 1;
            boolean joins = role.equals("user") || role.equals("assistant");
            while (joins && end < messages.size() && messages.get(end).role().equals(role)) {
                end++;
            }
            turns.add(turn(role, messages.subList(i, end)));
            i = end;
        }
        return turns;
    }

    private static Turn turn(String role, List<ChatMessage> messages) {
        List<String> texts =
                messages.stream().map(ChatMessage::text).filter(text -> !text.isEmpty()).toList();
        String content = String.join("\n\n", texts);
        return switch (role) {
            case "system", "developer" -> new SystemTurn(content);
            case "user" -> new UserTurn(content);
            case "assistant" -> new AssistantTurn(content, calls(messages));
            case "tool" ->
                    new ToolTurn(
                            text(messages.getFirst().members(), "name"),
                            text(messages.getFirst().members(), "tool_call_id"),
                            content);
            default ->
                    throw new ChatTemplateException(
                            "expected a role of system, user, assistant or tool, found \"%s\""
                                    .formatted(role));
        };
    }

    private static List<Call> calls(List<ChatMessage> messages) {
        List<Call> calls = new ArrayList<>();
        for (ChatMessage message : messages) {
            if (message.members().get("tool_calls") instanceof List<?> list) {
                list.forEach(call -> calls.add(call(call)));
            }
        }
        return calls;
    }

    private static Call call(Object call) {
        if (call instanceof Map<?, ?> members
                && members.get("function") instanceof Map<?, ?> function
                && function.get("name") instanceof String name) {
            Object arguments = function.get("arguments");
            boolean isEmpty = arguments == null || arguments.equals("");
            return new Call(
                    text(members, "id"),
                    name,
                    isEmpty
                            ? new LinkedHashMap<>()
                            : arguments instanceof String text
                                    ? PythonJson.parsed(text)
                                    : arguments);
        }
        throw new ChatTemplateException(
                "expected a tool call with a function and its name, found " + call);
    }

    private static String text(Map<?, ?> members, String name) {
        return members.get(name) instanceof String text ? text : "";
    }
}
