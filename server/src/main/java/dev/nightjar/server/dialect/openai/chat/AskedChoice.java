package dev.nightjar.server.dialect.openai.chat;

import dev.nightjar.engine.request.ToolChoice;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which tools a request wants called.
 *
 * @param choice whether they may, must or must not be called
 * @param allowed the only ones that may be, if the request says so
 * @param names those the request names
 */
record AskedChoice(ToolChoice choice, Optional<Set<String>> allowed, Set<String> names) {

    private static final List<String> MODES = List.of("auto", "required");

    /** The member {@code tool_choice}. */
    static AskedChoice read(RequestField field) {
        if (field.isString()) {
            return ofWord(field.word(List.of("none", "auto", "required")));
        }
        RequestObject object = field.object();
        return switch (object.required("type").word(List.of("function", "allowed_tools"))) {
            case "function" -> named(object.required("function").object());
            default -> allowed(object.required("allowed_tools").object());
        };
    }

    /** The member {@code function_call}, which came before tools. */
    static AskedChoice readFunctionCall(RequestField field) {
        return field.isString()
                ? ofWord(field.word(List.of("none", "auto")))
                : named(field.object());
    }

    /** Whether it makes no sense without tools. */
    boolean needsTools() {
        return choice instanceof ToolChoice.Required || !names.isEmpty();
    }

    private static AskedChoice ofWord(String word) {
        ToolChoice choice =
                switch (word) {
                    case "none" -> new ToolChoice.None();
                    case "required" -> new ToolChoice.Required();
                    default -> new ToolChoice.Auto();
                };
        return new AskedChoice(choice, Optional.empty(), Set.of());
    }

    private static AskedChoice named(RequestObject function) {
        String name = function.required("name").string();
        return new AskedChoice(new ToolChoice.Named(name), Optional.empty(), Set.of(name));
    }

    private static AskedChoice allowed(RequestObject allowed) {
        String mode = allowed.required("mode").word(MODES);
        RequestField tools = allowed.required("tools");
        if (tools.elements().isEmpty()) {
            tools.expected("at least one tool", "none");
        }
        Set<String> names =
                tools.elements().stream()
                        .map(tool -> tool.object().required("function").object())
                        .map(function -> function.required("name").string())
                        .collect(Collectors.toUnmodifiableSet());
        return new AskedChoice(ofWord(mode).choice(), Optional.of(names), names);
    }
}
