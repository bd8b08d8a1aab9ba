package dev.nightjar.server.dialect.openai.chat;

import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.json.PlainValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tools of a request, by name.
 *
 * @param byName as the template gets them, in order
 */
record Tools(Map<String, Map<String, Object>> byName) {

    private static final int MAX_TOOLS = 128;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Set<String> FUNCTION_NAMES =
            Set.of("name", "description", "parameters", "strict");

    /** The member {@code tools}. */
    static Tools read(RequestField field) {
        Map<String, Map<String, Object>> byName = new LinkedHashMap<>();
        for (RequestField element : checked(field)) {
            RequestObject tool = element.object();
            tool.ignoreAllBut(Set.of("type", "function"));
            RequestField type = tool.required("type");
            if (!type.string().equals("function")) {
                throw type.refused(
                        "%s '%s' is not supported; this server takes tools of type 'function'"
                                .formatted(type.path(), type.string()));
            }
            add(tool.required("function").object(), PlainValues.map(tool.object()), byName);
        }
        return new Tools(byName);
    }

    /** The member {@code functions}, which came before tools. */
    static Tools readFunctions(RequestField field) {
        Map<String, Map<String, Object>> byName = new LinkedHashMap<>();
        for (RequestField element : checked(field)) {
            RequestObject function = element.object();
            Map<String, Object> tool = new LinkedHashMap<>();
            tool.put("type", "function");
            tool.put("function", PlainValues.map(function.object()));
            add(function, tool, byName);
        }
        return new Tools(byName);
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** All of them, as the template gets them. */
    List<?> all() {
        return List.copyOf(byName.values());
    }

    /** Only those of these names. */
    List<?> only(Set<String> names) {
        List<Object> kept = new ArrayList<>();
        byName.forEach(
                (name, tool) -> {
                    if (names.contains(name)) {
                        kept.add(tool);
                    }
                });
        return kept;
    }

    private static List<RequestField> checked(RequestField field) {
        List<RequestField> elements = field.elements();
        if (elements.size() > MAX_TOOLS) {
            return field.expected("at most %d tools".formatted(MAX_TOOLS), elements.size());
        }
        return elements;
    }

    private static void add(
            RequestObject function,
            Map<String, Object> tool,
            Map<String, Map<String, Object>> byName) {
        function.ignoreAllBut(FUNCTION_NAMES);
        RequestField name = function.required("name");
        if (!NAME.matcher(name.string()).matches()) {
            name.expected("1 to 64 letters, digits, '_', '.' and '-'", "'" + name.string() + "'");
        }
        function.field("description").ifPresent(RequestField::string);
        function.field("parameters").ifPresent(RequestField::object);
        function.field("strict").ifPresent(RequestField::bool);
        if (byName.putIfAbsent(name.string(), tool) != null) {
            throw name.refused(
                    "%s: two tools are named '%s'".formatted(name.path(), name.string()));
        }
    }
}
