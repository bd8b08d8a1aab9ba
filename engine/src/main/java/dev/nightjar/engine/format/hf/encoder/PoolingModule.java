package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code config.json} of a module {@code Pooling}. Older ones have a flag {@code
 * pooling_mode_…} for each pooling, newer ones {@code pooling_mode}, a name or a list of names. The
 * results stand in one order, whatever that of the keys. Without any of them it is the mean.
 *
 * @param poolings in the order of the vector
 * @param poolsPrompt {@code include_prompt}
 */
record PoolingModule(List<Pooling> poolings, boolean poolsPrompt) {

    private static final String MODE = "pooling_mode";

    /** Names in the order that results have. */
    private static final Map<String, Pooling> NAMES = names();

    private static final Map<String, String> FLAGS =
            Map.of(
                    "cls", "pooling_mode_cls_token",
                    "max", "pooling_mode_max_tokens",
                    "mean", "pooling_mode_mean_tokens",
                    "mean_sqrt_len_tokens", "pooling_mode_mean_sqrt_len_tokens",
                    "weightedmean", "pooling_mode_weightedmean_tokens",
                    "lasttoken", "pooling_mode_lasttoken");

    private static Map<String, Pooling> names() {
        Map<String, Pooling> names = new LinkedHashMap<>();
        names.put("cls", Pooling.CLS);
        names.put("max", Pooling.MAX);
        names.put("mean", Pooling.MEAN);
        names.put("mean_sqrt_len_tokens", Pooling.MEAN_SQRT);
        names.put("weightedmean", Pooling.WEIGHTED_MEAN);
        names.put("lasttoken", Pooling.LAST);
        return names;
    }

    /**
     * Reads it.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if a pooling is not known or none is
     *     asked for
     */
    static PoolingModule read(SentenceModules.Module module) {
        JsonFields config = module.config();
        List<String> asked = asked(config);
        List<Pooling> poolings =
                NAMES.keySet().stream().filter(asked::contains).map(NAMES::get).toList();
        if (poolings.isEmpty()) {
            throw config.error(
                    MODE, "expected one of %s, found none asked for".formatted(NAMES.keySet()));
        }
        return new PoolingModule(poolings, config.optionalBoolean("include_prompt").orElse(true));
    }

    private static List<String> asked(JsonFields config) {
        Optional<JsonValue> mode = config.optional(MODE);
        if (mode.isEmpty()) {
            return flagged(config);
        }
        List<String> names =
                mode.get() instanceof JsonString name
                        ? List.of(name.value())
                        : config.optionalTexts(MODE).orElseThrow();
        for (String name : names) {
            if (!NAMES.containsKey(name)) {
                throw config.error(
                        MODE, "expected one of %s, found %s".formatted(NAMES.keySet(), name));
            }
        }
        return names;
    }

    private static List<String> flagged(JsonFields config) {
        refuseUnknownFlags(config);
        List<String> names = new ArrayList<>();
        for (String name : NAMES.keySet()) {
            if (config.optionalBoolean(FLAGS.get(name)).orElse(false)) {
                names.add(name);
            }
        }
        boolean isSilent = FLAGS.values().stream().noneMatch(config::contains);
        return isSilent ? List.of("mean") : names;
    }

    private static void refuseUnknownFlags(JsonFields config) {
        for (String key : config.object().members().keySet()) {
            boolean isUnknown = key.startsWith(MODE + "_") && !FLAGS.containsValue(key);
            if (isUnknown && config.optionalBoolean(key).orElse(false)) {
                throw config.error(key, "expected one of %s".formatted(FLAGS.values()));
            }
        }
    }
}
