package dev.nightjar.engine.answer.part;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tool that a model may call.
 *
 * @param name its name
 * @param parameters JSON schema of its arguments, as plain values; empty if anything goes
 * @param isStrict whether arguments must be valid under the schema
 */
public record DeclaredTool(String name, Map<?, ?> parameters, boolean isStrict) {

    /** Whether an argument is a text whatever it looks like. */
    public boolean wantsText(String argument) {
        return types(argument).filter(types -> types.equals(List.of("string"))).isPresent();
    }

    /** Whether an argument may be a text. */
    public boolean takesText(String argument) {
        return types(argument).filter(types -> !types.contains("string")).isEmpty();
    }

    private Optional<List<?>> types(String argument) {
        if (!(parameters.get("properties") instanceof Map<?, ?> properties)
                || !(properties.get(argument) instanceof Map<?, ?> property)) {
            return Optional.empty();
        }
        return switch (property.get("type")) {
            case String type -> Optional.of(List.of(type));
            case List<?> types -> Optional.of(types);
            case null, default -> Optional.empty();
        };
    }
}
