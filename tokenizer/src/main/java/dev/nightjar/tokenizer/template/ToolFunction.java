package dev.nightjar.tokenizer.template;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes tools in the form that templates know, for {@link ChatPrompt#withTools}: {@code {"type":
 * "function", "function": {"name": …, "description": …, "parameters": …}}}.
 */
public final class ToolFunction {

    private ToolFunction() {}

    /**
     * A function that the model may call.
     *
     * @param parameters a JSON schema of its arguments, which are an object
     * @throws ChatTemplateException if the schema is no JSON object
     */
    public static Map<String, Object> of(String name, String description, String parameters) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", name);
        function.put("description", description);
        function.put("parameters", schema(name, parameters));
        Map<String, Object> tool = new LinkedHashMap<>();
        tool.put("type", "function");
        tool.put("function", function);
        return tool;
    }

    private static Map<?, ?> schema(String name, String parameters) {
        try {
            if (PlainJson.read(parameters) instanceof Map<?, ?> schema) {
                return schema;
            }
        } catch (IOException malformed) {
            throw refused(name, malformed.getMessage());
        }
        throw refused(name, "something else");
    }

    private static ChatTemplateException refused(String name, String found) {
        return new ChatTemplateException(
                "the parameters of tool %s must be a JSON schema, an object; found: %s"
                        .formatted(name, found));
    }
}
