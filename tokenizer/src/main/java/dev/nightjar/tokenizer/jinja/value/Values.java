package dev.nightjar.tokenizer.jinja.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plain Java values, as JSON has them, to values of a template. */
public final class Values {
    private Values() {}

    /**
     * The value of null, a boolean, number, string, list or map with string keys.
     *
     * @throws IllegalArgumentException if it is anything else
     * @throws JinjaException if it is nested too deep
     */
    public static Value of(Object plain) {
        return switch (plain) {
            case null -> Nothing.NONE;
            case Value value -> value;
            case Boolean bool -> Bool.of(bool);
            case CharSequence text -> Str.of(text.toString());
            case Number number -> number(number);
            case List<?> list -> Seq.list(list.stream().map(Values::of).toList());
            case Map<?, ?> map -> dict(map);
            default ->
                    throw new IllegalArgumentException(
                            "expected what JSON can hold, found a " + plain.getClass().getName());
        };
    }

    private static Value number(Number number) {
        return switch (number) {
            case Double real -> new Real(real);
            case Float real -> new Real(real);
            case BigDecimal decimal -> new Real(decimal.doubleValue());
            case BigInteger integer -> new Int(integer);
            default -> Int.of(number.longValue());
        };
    }

    private static Dict dict(Map<?, ?> map) {
        Map<Value, Value> entries = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, value) -> entries.put(of(key), of(value)));
        return Dict.of(entries);
    }
}
