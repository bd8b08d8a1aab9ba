package dev.nightjar.engine.text;

import dev.nightjar.tokenizer.template.ChatMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the plain values that describe tools to templates, and the messages around a call. */
public final class Tool {

    private Tool() {}

    /**
     * A tool all of whose arguments are required and of simple types.
     *
     * @param arguments JSON schema type by name, such as {@code string} or {@code integer}
     */
    public static Map<String, Object> of(
            String name, String description, Map<String, String> arguments) {
        Map<String, Object> properties = new LinkedHashMap<>();
        arguments.forEach((argument, type) -> properties.put(argument, Map.of("type", type)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", List.copyOf(arguments.keySet()));
        return withSchema(name, description, schema);
    }

    /**
     * A tool.
     *
     * @param schema JSON schema of its arguments, as plain values
     */
    public static Map<String, Object> withSchema(
            String name, String description, Map<String, ?> schema) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", name);
        function.put("description", description);
        function.put("parameters", schema);
        Map<String, Object> tool = new LinkedHashMap<>();
        tool.put("type", "function");
        tool.put("function", function);
        return tool;
    }

    /** The message that brings the result of a call back to the model. */
    public static ChatMessage result(Completion.Call call, String result) {
        return new ChatMessage("tool", result)
                .with("tool_call_id", call.id())
                .with("name", call.name());
    }

    /** The message that a completion was, with its calls, for the next prompt. */
    static ChatMessage message(Completion completion) {
        ChatMessage message = new ChatMessage("assistant", completion.text());
        if (!completion.reasoning().isEmpty()) {
            message = message.with("reasoning_content", completion.reasoning());
        }
        List<?> calls = completion.toolCalls().stream().map(Tool::call).toList();
        return calls.isEmpty() ? message : message.with("tool_calls", calls);
    }

    private static Map<String, Object> call(Completion.Call call) {
        return Map.of(
                "id",
                call.id(),
                "type",
                "function",
                "function",
                Map.of("name", call.name(), "arguments", call.arguments()));
    }
}
