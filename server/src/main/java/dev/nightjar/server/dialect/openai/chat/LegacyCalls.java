package dev.nightjar.server.dialect.openai.chat;

import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Calls as the API had them before it had tools. */
final class LegacyCalls {

    private LegacyCalls() {}

    /** The member {@code function_call} of a message, as a template knows tool calls. */
    static Map<String, Object> read(RequestField call) {
        RequestObject function = call.object();
        function.ignoreAllBut(Set.of("name", "arguments"));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", function.required("name").string());
        members.put("arguments", function.required("arguments").string());
        return Map.of("type", "function", "function", members);
    }
}
