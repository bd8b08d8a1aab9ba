package dev.nightjar.tokenizer.template;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arguments of tool calls as templates expect them. Clients send them as JSON text; text that is a
 * JSON object becomes that object, any other text stays as it is.
 */
final class ToolArguments {
    private static final String CALLS = "tool_calls";
    private static final String FUNCTION = "function";
    private static final String ARGUMENTS = "arguments";

    private ToolArguments() {}

    /** The message with its arguments parsed. */
    static ChatMessage parsed(ChatMessage message) {
        return message.members().get(CALLS) instanceof List<?> calls
                ? message.with(CALLS, calls.stream().map(ToolArguments::call).toList())
                : message;
    }

    private static Object call(Object call) {
        if (!(call instanceof Map<?, ?> members)) {
            return call;
        }
        return members.get(FUNCTION) instanceof Map<?, ?> function
                ? replaced(members, FUNCTION, function(function))
                : function(members);
    }

    private static Object function(Map<?, ?> function) {
        return function.get(ARGUMENTS) instanceof String text
                ? replaced(function, ARGUMENTS, object(text))
                : function;
    }

    private static Object object(String text) {
        try {
            return PlainJson.read(text) instanceof Map<?, ?> object ? object : text;
        } catch (IOException notJson) {
            return text;
        }
    }

    private static Map<Object, Object> replaced(Map<?, ?> members, String name, Object value) {
        Map<Object, Object> copy = new LinkedHashMap<>(members);
        copy.put(name, value);
        return copy;
    }
}
