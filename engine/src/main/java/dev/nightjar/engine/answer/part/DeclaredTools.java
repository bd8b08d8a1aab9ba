package dev.nightjar.engine.answer.part;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tools of a conversation, as far as they can be read: objects with a name, or with such an
 * object as their {@code function}.
 *
 * @param list in the order of the request
 */
public record DeclaredTools(List<DeclaredTool> list) {

    /** Copies the list. */
    public DeclaredTools {
        list = List.copyOf(list);
    }

    /** No tools. */
    public static DeclaredTools none() {
        return new DeclaredTools(List.of());
    }

    /** The tools among plain JSON values. */
    public static DeclaredTools of(List<?> tools) {
        List<DeclaredTool> list = new ArrayList<>();
        for (Object tool : tools) {
            if (tool instanceof Map<?, ?> members) {
                Object function = members.get("function");
                read(function instanceof Map<?, ?> inner ? inner : members).ifPresent(list::add);
            }
        }
        return new DeclaredTools(list);
    }

    private static Optional<DeclaredTool> read(Map<?, ?> function) {
        if (!(function.get("name") instanceof String name)) {
            return Optional.empty();
        }
        Map<?, ?> parameters =
                function.get("parameters") instanceof Map<?, ?> schema ? schema : Map.of();
        return Optional.of(
                new DeclaredTool(name, parameters, Boolean.TRUE.equals(function.get("strict"))));
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** A tool by name. */
    public Optional<DeclaredTool> find(String name) {
        return list.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }
}
