package dev.nightjar.engine.format.hf;

import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonText;
import dev.nightjar.engine.format.json.JsonValue;
import java.util.Optional;

/** Keys of which only one value is implemented; absent, it is taken for granted. */
public final class Requirements {

    private Requirements() {}

    /** A number that must be this one. */
    public static void number(HfConfig config, String key, double expected) {
        double found = config.fields().optionalNumber(key).orElse(expected);
        if (found != expected) {
            throw config.fields().error(key, problem(Double.toString(expected), found));
        }
    }

    /** A string that must be this one. */
    public static void text(HfConfig config, String key, String expected) {
        String found = config.fields().optionalText(key).orElse(expected);
        if (!found.equals(expected)) {
            throw config.fields().error(key, problem(expected, found));
        }
    }

    /** Booleans that must not be false. */
    public static void set(HfConfig config, String... keys) {
        for (String key : keys) {
            if (!config.isNotUnset(key)) {
                throw config.fields().error(key, problem("true", "false"));
            }
        }
    }

    /** Booleans that must not be true. */
    public static void unset(HfConfig config, String... keys) {
        for (String key : keys) {
            if (config.isSet(key)) {
                throw config.fields().error(key, problem("false", "true"));
            }
        }
    }

    /** Keys that must be absent or null. */
    public static void absent(HfConfig config, String... keys) {
        for (String key : keys) {
            Optional<JsonValue> value = config.fields().optional(key);
            if (value.isPresent()) {
                throw config.fields().error(key, problem("null", JsonText.of(value.get())));
            }
        }
    }

    /** Keys that say nothing that the result depends on, in this family. */
    public static void ignore(HfConfig config, String... keys) {
        JsonFields fields = config.fields();
        for (String key : keys) {
            fields.optional(key);
        }
    }

    private static String problem(String expected, Object found) {
        return "expected %s, found %s; this variant is not implemented".formatted(expected, found);
    }
}
