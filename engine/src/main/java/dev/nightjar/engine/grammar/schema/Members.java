package dev.nightjar.engine.grammar.schema;

import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.grammar.json.JsonKind;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The keywords of one schema, with their types checked. */
final class Members {

    private final Source source;
    private final Map<String, JsonValue> values;

    Members(Source source, JsonValue.JsonObject object) {
        this.source = source;
        values = new LinkedHashMap<>(object.members());
        values.keySet().removeAll(source.done());
    }

    Map<String, JsonValue> all() {
        return values;
    }

    Optional<JsonValue> value(String keyword) {
        return Optional.ofNullable(values.get(keyword));
    }

    Optional<String> text(String keyword) {
        return value(keyword)
                .map(
                        value -> {
                            if (value instanceof JsonValue.JsonString text) {
                                return text.value();
                            }
                            throw wrong(keyword, "a string", value);
                        });
    }

    List<String> texts(String keyword) {
        List<String> texts = new ArrayList<>();
        for (JsonValue value : array(keyword).orElse(List.of())) {
            if (!(value instanceof JsonValue.JsonString text)) {
                throw wrong(keyword, "strings", value);
            }
            texts.add(text.value());
        }
        return texts;
    }

    Optional<List<JsonValue>> array(String keyword) {
        return value(keyword)
                .map(
                        value -> {
                            if (value instanceof JsonValue.JsonArray array) {
                                return array.elements();
                            }
                            throw wrong(keyword, "an array", value);
                        });
    }

    boolean flag(String keyword) {
        return value(keyword)
                .map(
                        value -> {
                            if (value instanceof JsonValue.JsonBoolean flag) {
                                return flag == JsonValue.JsonBoolean.TRUE;
                            }
                            throw wrong(keyword, "a boolean", value);
                        })
                .orElse(false);
    }

    /** A size: an integer from 0 on. */
    OptionalInt size(String keyword) {
        Optional<BigDecimal> number = number(keyword);
        if (number.isEmpty()) {
            return OptionalInt.empty();
        }
        BigDecimal size = number.get();
        boolean isWhole = size.stripTrailingZeros().scale() <= 0;
        if (!isWhole || size.signum() < 0) {
            throw source.error(keyword, "expected an integer from 0 on, found " + size);
        }
        return OptionalInt.of(size.min(BigDecimal.valueOf(Integer.MAX_VALUE - 1)).intValue());
    }

    Optional<BigDecimal> number(String keyword) {
        return value(keyword)
                .map(
                        value -> {
                            boolean isFinite =
                                    value instanceof JsonValue.JsonInteger
                                            || (value instanceof JsonValue.JsonDecimal decimal
                                                    && Double.isFinite(decimal.value()));
                            if (!isFinite) {
                                throw wrong(keyword, "a number", value);
                            }
                            return JsonKind.number(value);
                        });
    }

    /** The schema that a keyword has. */
    Optional<Source> schema(String keyword) {
        return value(keyword).map(value -> source.below(value, keyword));
    }

    /** The schemas in the array of a keyword. */
    List<Source> schemas(String keyword) {
        List<Source> schemas = new ArrayList<>();
        for (JsonValue value : array(keyword).orElse(List.of())) {
            schemas.add(source.below(value, keyword, Integer.toString(schemas.size())));
        }
        if (schemas.isEmpty() && values.containsKey(keyword)) {
            throw source.error(keyword, "expected at least one schema, found none");
        }
        return schemas;
    }

    /** The schemas in the object of a keyword, by name. */
    Map<String, Source> schemasByName(String keyword) {
        Map<String, Source> schemas = new LinkedHashMap<>();
        JsonValue value = values.get(keyword);
        if (value instanceof JsonValue.JsonObject object) {
            object.members()
                    .forEach(
                            (name, below) -> schemas.put(name, source.below(below, keyword, name)));
        } else if (value != null) {
            throw wrong(keyword, "an object", value);
        }
        return schemas;
    }

    private GrammarProblem wrong(String keyword, String expected, JsonValue found) {
        return source.error(keyword, "expected %s, found %s".formatted(expected, found.kind()));
    }
}
