package dev.nightjar.engine.format.hf;

import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keys and values as the configurations of known models have them. */
public final class ConfigCases {

    private ConfigCases() {}

    /** Configurations by name. */
    public static Map<String, HfConfig> all() throws IOException {
        try (var in = ConfigCases.class.getResourceAsStream("configs.json")) {
            JsonObject document = JsonReader.readObject(in.readAllBytes(), "configs.json", 0);
            Map<String, HfConfig> all = new LinkedHashMap<>();
            document.members()
                    .forEach((name, value) -> all.put(name, HfConfig.of(name, (JsonObject) value)));
            return all;
        }
    }
}
