package dev.nightjar.engine.grammar.schema;

import dev.nightjar.engine.format.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is demanded of arrays. Mutable. */
final class ArrayRules {

    /** The items of one schema: those at the beginning, and all others. */
    private record Items(List<Source> first, Optional<Source> others) {}

    private final List<Items> items = new ArrayList<>();
    private int min;
    private int max = Integer.MAX_VALUE;

    void add(Source source, Members members) {
        members.size("minItems").ifPresent(size -> min = Math.max(min, size));
        members.size("maxItems").ifPresent(size -> max = Math.min(max, size));
        if (members.flag("uniqueItems")) {
            throw source.error(
                    "uniqueItems", "keyword \"uniqueItems\" is not supported in structured output");
        }
        if (members.value("items").orElse(null) instanceof JsonValue.JsonArray) {
            throw source.error("items", "expected a schema; for one per item use \"prefixItems\"");
        }
        List<Source> first = members.schemas("prefixItems");
        Optional<Source> others = members.schema("items");
        if (!first.isEmpty() || others.isPresent()) {
            items.add(new Items(first, others));
        }
    }

    boolean isFree() {
        return items.isEmpty() && min == 0 && max == Integer.MAX_VALUE;
    }

    int min() {
        return min;
    }

    int max() {
        return max;
    }

    /** How many items at the beginning have schemas of their own. */
    int numFirst() {
        return items.stream().mapToInt(own -> own.first.size()).max().orElse(0);
    }

    /** The schemas of an item. */
    List<Source> at(int index) {
        List<Source> schemas = new ArrayList<>();
        for (Items own : items) {
            if (index < own.first.size()) {
                schemas.add(own.first.get(index));
            } else {
                own.others.ifPresent(schemas::add);
            }
        }
        return schemas;
    }

    boolean admitsListed(JsonValue.JsonArray array) {
        int size = array.elements().size();
        return size >= min && size <= max;
    }

    boolean hasItems() {
        return !items.isEmpty();
    }
}
