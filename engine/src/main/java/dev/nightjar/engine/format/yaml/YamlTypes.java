package dev.nightjar.engine.format.yaml;

import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonBoolean;
import dev.nightjar.engine.format.json.JsonValue.JsonDecimal;
import dev.nightjar.engine.format.json.JsonValue.JsonInteger;
import dev.nightjar.engine.format.json.JsonValue.JsonNull;
import dev.nightjar.engine.format.json.JsonValue.JsonString;
import java.util.Set;
import java.util.regex.Pattern;

/** What plain text stands for, as version 1.1 of YAML has it. */
final class YamlTypes {
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> YES =
            Set.of("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON");
    private static final Set<String> NO =
            Set.of("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF");
    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?([0-9]{1,40}\\.[0-9]{0,40}|\\.[0-9]{1,40})([eE][-+][0-9]{1,4})?");

    private YamlTypes() {}

    static JsonValue of(String text) {
        if (NOTHING.contains(text)) {
            return JsonNull.NULL;
        }
        if (YES.contains(text) || NO.contains(text)) {
            return YES.contains(text) ? JsonBoolean.TRUE : JsonBoolean.FALSE;
        }
        if (WHOLE.matcher(text).matches()) {
            return new JsonInteger(Long.parseLong(text));
        }
        return DECIMAL.matcher(text).matches()
                ? new JsonDecimal(Double.parseDouble(text))
                : new JsonString(text);
    }
}
