package dev.nightjar.engine.grammar.schema;

import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.grammar.json.JsonKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What some schemas together demand of a value, with references resolved. Mutable. */
final class Constraints {

    /**
     * Alternatives that are left to be combined with the rest.
     *
     * @param owner the schema they belong to
     * @param keyword {@code anyOf} or {@code oneOf}
     * @param branches one of which must hold
     */
    record Alternatives(Source owner, String keyword, List<Source> branches) {}

    /** The schemas, references and {@code allOf} written out. */
    final List<Source> sources = new ArrayList<>();

    final List<Alternatives> alternatives = new ArrayList<>();
    final StringRules strings = new StringRules();
    final NumberRules numbers = new NumberRules();
    final ArrayRules arrays = new ArrayRules();
    final ObjectRules objects = new ObjectRules();

    private Set<JsonKind> kinds = EnumSet.complementOf(EnumSet.of(JsonKind.INTEGER));
    private final Set<JsonKind> mentioned = EnumSet.noneOf(JsonKind.class);
    private boolean hasKinds;
    private Optional<List<JsonValue>> values = Optional.empty();

    /** The types that are left; without a type, those that keywords are about. */
    Set<JsonKind> kinds() {
        return hasKinds || values.isPresent() || mentioned.isEmpty()
                ? kinds
                : intersection(kinds, mentioned);
    }

    /** The types that are left, whatever keywords are about. */
    Set<JsonKind> strictKinds() {
        return kinds;
    }

    /** The values that are left, if they are listed. */
    Optional<List<JsonValue>> values() {
        return values.map(all -> all.stream().filter(value -> admits(value)).toList());
    }

    void restrictKinds(Set<JsonKind> allowed) {
        kinds = intersection(kinds, allowed);
        hasKinds = true;
    }

    void restrictNothing() {
        kinds = EnumSet.noneOf(JsonKind.class);
        hasKinds = true;
    }

    void mention(JsonKind kind) {
        mentioned.add(kind);
    }

    void restrictValues(List<JsonValue> allowed) {
        values =
                Optional.of(
                        values.map(all -> all.stream().filter(allowed::contains).toList())
                                .orElse(allowed));
    }

    /** Every type, integers among the numbers. */
    private static Set<JsonKind> intersection(Set<JsonKind> a, Set<JsonKind> b) {
        Set<JsonKind> both = EnumSet.noneOf(JsonKind.class);
        for (JsonKind kind : JsonKind.values()) {
            if (has(a, kind) && has(b, kind)) {
                both.add(kind);
            }
        }
        if (both.contains(JsonKind.NUMBER)) {
            both.remove(JsonKind.INTEGER);
        }
        return both;
    }

    private static boolean has(Set<JsonKind> kinds, JsonKind kind) {
        return kinds.contains(kind)
                || (kind == JsonKind.INTEGER && kinds.contains(JsonKind.NUMBER));
    }

    /** Whether a listed value meets the other demands, as far as they are about single values. */
    private boolean admits(JsonValue value) {
        JsonKind kind = JsonKind.of(value);
        if (!has(kinds, kind)) {
            return false;
        }
        return switch (value) {
            case JsonValue.JsonString text -> strings.admits(text.value());
            case JsonValue.JsonInteger integer -> numbers.admits(JsonKind.number(integer));
            case JsonValue.JsonDecimal decimal -> numbers.admits(JsonKind.number(decimal));
            case JsonValue.JsonArray array -> arrays.admitsListed(array);
            case JsonValue.JsonObject object -> objects.admitsListed(object);
            default -> true;
        };
    }
}
