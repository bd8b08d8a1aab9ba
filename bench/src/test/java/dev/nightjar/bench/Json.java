package dev.nightjar.bench;

import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.PlainValues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** JSON texts as plain values, read as strictly as the server does. */
public final class Json {

    private Json() {}

    /** Null, a Boolean, Long, BigInteger, Double, String, List or Map. */
    public static Object read(String text) {
        return PlainValues.of(JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The value at a path of names and indices below another.
     *
     * @throws AssertionError if there is none
     */
    public static Object at(Object value, Object... path) {
        Object here = value;
        for (Object step : path) {
            if (here instanceof Map<?, ?> object && object.containsKey(step)) {
                here = object.get(step);
            } else if (here instanceof List<?> array
                    && step instanceof Integer index
                    && index < array.size()) {
                here = array.get(index);
            } else {
                throw new AssertionError("no " + step + " in " + here + " of " + value);
            }
        }
        return here;
    }
}
