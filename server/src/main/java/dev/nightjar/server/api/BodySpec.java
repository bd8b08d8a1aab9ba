package dev.nightjar.server.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The members that a request body may have. What is not listed is ignored and noted.
 *
 * @param fields in the order of their description
 * @param required names of members that must be there
 * @param mayBeArray whether a body may also be an array, which has none of them
 */
public record BodySpec(List<Field<?>> fields, Set<String> required, boolean mayBeArray) {

    /**
     * Copies both.
     *
     * @throws IllegalArgumentException if two members have one name
     */
    public BodySpec {
        fields = List.copyOf(fields);
        required = Set.copyOf(required);
        Set<String> seen = new HashSet<>();
        for (Field<?> field : fields) {
            if (!seen.add(field.name())) {
                throw new IllegalArgumentException("two members are named " + field.name());
            }
        }
    }

    /** These members, none required. */
    public static BodySpec of(List<Field<?>> fields) {
        return new BodySpec(fields, Set.of(), false);
    }

    /** With more members. */
    public BodySpec and(List<Field<?>> more) {
        List<Field<?>> all = new ArrayList<>(fields);
        all.addAll(more);
        return new BodySpec(all, required, mayBeArray);
    }

    /** Requiring members. */
    public BodySpec requiring(String... names) {
        return new BodySpec(fields, Set.of(names), mayBeArray);
    }

    /** Or an array. */
    public BodySpec orArray() {
        return new BodySpec(fields, required, true);
    }

    /** The names of all members. */
    public Set<String> names() {
        return fields.stream().map(Field::name).collect(Collectors.toUnmodifiableSet());
    }
}
