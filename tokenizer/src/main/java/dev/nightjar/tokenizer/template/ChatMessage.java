package dev.nightjar.tokenizer.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One message of a conversation: plain values as JSON has them (null, Boolean, Number, String,
 * List, Map), by the names that templates know: {@code role}, {@code content} (a text, or a list of
 * parts such as {@code {"type": "text", "text": "…"}}), {@code name}, {@code tool_calls}, {@code
 * tool_call_id}, {@code reasoning_content}, and whatever else a template wants.
 *
 * <pre>{@code
 * List.of(ChatMessage.system("Be brief."), ChatMessage.user("What is the capital of France?"))
 * }</pre>
 *
 * @param members by name, in order; the role is always there
 */
public record ChatMessage(Map<String, Object> members) {
    private static final String ROLE = "role";
    private static final String CONTENT = "content";
    private static final String TOOL_CALLS = "tool_calls";

    /**
     * Copies the members.
     *
     * @throws ChatTemplateException if there is no role, or it is no string
     */
    public ChatMessage {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        if (!(members.get(ROLE) instanceof String)) {
            throw new ChatTemplateException(
                    "a message needs a string 'role', found " + members.get(ROLE));
        }
    }

    /**
     * A plain text.
     *
     * @param role who speaks, in the words of the template ({@code user}, {@code assistant}, …)
     * @param content what is said
     */
    public ChatMessage(String role, String content) {
        this(plain(Objects.requireNonNull(role), Objects.requireNonNull(content)));
    }

    private static Map<String, Object> plain(String role, String content) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(ROLE, role);
        members.put(CONTENT, content);
        return members;
    }

    /** What the model is told before the conversation. */
    public static ChatMessage system(String content) {
        return new ChatMessage("system", content);
    }

    /** What the user says. */
    public static ChatMessage user(String content) {
        return new ChatMessage("user", content);
    }

    /** What the model said. */
    public static ChatMessage assistant(String content) {
        return new ChatMessage("assistant", content);
    }

    /**
     * What a tool that the model called answers.
     *
     * @param callId names the call
     * @param tool its name
     * @param content its result, JSON or any other text
     */
    public static ChatMessage toolResult(String callId, String tool, String content) {
        return new ChatMessage("tool", content).with("name", tool).with("tool_call_id", callId);
    }

    /**
     * This message with another call of a tool, behind those it has.
     *
     * @param id names the call in the conversation
     * @param tool its name
     * @param arguments a JSON object as text
     */
    public ChatMessage withToolCall(String id, String tool, String arguments) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", tool);
        function.put("arguments", arguments);
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("id", id);
        call.put("type", "function");
        call.put("function", function);
        List<Object> calls = new ArrayList<>();
        if (members.get(TOOL_CALLS) instanceof List<?> known) {
            calls.addAll(known);
        }
        calls.add(call);
        return with(TOOL_CALLS, calls);
    }

    /** Who speaks. */
    public String role() {
        return (String) members.get(ROLE);
    }

    /** What is said, parts that are no text left out; empty if nothing is. */
    public String text() {
        return switch (members.get(CONTENT)) {
            case String text -> text;
            case List<?> parts ->
                    parts.stream().map(ChatMessage::partText).collect(Collectors.joining());
            case null, default -> "";
        };
    }

    private static String partText(Object part) {
        return part instanceof Map<?, ?> members && members.get("text") instanceof String text
                ? text
                : "";
    }

    /** With another member, or another value of one. */
    public ChatMessage with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new ChatMessage(more);
    }
}
