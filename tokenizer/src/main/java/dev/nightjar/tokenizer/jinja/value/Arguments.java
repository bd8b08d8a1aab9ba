package dev.nightjar.tokenizer.jinja.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a function, filter or test is called with.
 *
 * @param positional by position
 * @param keywords by name, in the order written
 */
public record Arguments(List<Value> positional, Map<String, Value> keywords) {
    /** No arguments. */
    public static final Arguments NONE = new Arguments(List.of(), Map.of());

    /** Copies both. */
    public Arguments {
        positional = List.copyOf(positional);
        keywords = Collections.unmodifiableMap(new LinkedHashMap<>(keywords));
    }

    /** By position only. */
    public static Arguments of(Value... positional) {
        return new Arguments(List.of(positional), Map.of());
    }

    /** Without the first positional ones. */
    public Arguments from(int start) {
        return new Arguments(positional.subList(start, positional.size()), keywords);
    }

    /**
     * Matches them with the names of a function's parameters.
     *
     * @throws JinjaException if there are more, or a name is not among them or given twice
     */
    public BoundArguments bind(String function, String... names) {
        if (positional.size() > names.length) {
            throw JinjaException.type(
                    "%s takes at most %d arguments, found %d"
                            .formatted(function, names.length, positional.size()));
        }
        Map<String, Value> bound = LinkedHashMap.newLinkedHashMap(names.length);
        for (int i = 0; i < positional.size(); i++) {
            bound.put(names[i], positional.get(i));
        }
        List<String> known = List.of(names);
        keywords.forEach(
                (name, value) -> {
                    if (!known.contains(name)) {
                        throw JinjaException.type(
                                "%s has no argument '%s'".formatted(function, name));
                    }
                    if (bound.put(name, value) != null) {
                        throw JinjaException.type(
                                "%s got several values for '%s'".formatted(function, name));
                    }
                });
        return new BoundArguments(function, bound);
    }
}
