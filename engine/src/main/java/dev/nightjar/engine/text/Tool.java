package dev.nightjar.engine.text;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.PlainJson;
import java.io.IOException;
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

    /**
     * A tool.
     *
     * @param schema JSON schema of its arguments, as JSON text
     * @throws InvalidRequestException if it is no JSON object
     */
    public static Map<String, Object> withSchema(String name, String description, String schema) {
        return withSchema(name, description, object(name, schema));
    }

    private static Map<String, Object> object(String name, String schema) {
        String found = "something else";
        try {
            if (PlainJson.read(schema) instanceof Map<?, ?> object) {
                Map<String, Object> members = new LinkedHashMap<>();
                object.forEach((member, value) -> members.put((String) member, value));
                return members;
            }
        } catch (IOException malformed) {
            found = malformed.getMessage();
        }
        throw new InvalidRequestException(
                "tools",
                "the schema of tool %s must be a JSON object, found %s".formatted(name, found));
    }

    /** The message that brings the result of a call back to the model. */
    public static ChatMessage result(Completion.Call call, String result) {
        return ChatMessage.toolResult(call.id(), call.name(), result);
    }
}
