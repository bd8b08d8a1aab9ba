package dev.nightjar.engine.format.hf;

import dev.nightjar.engine.format.json.JsonFields;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tokens that end a generation: {@code eos_token_id} of {@code generation_config.json}, else of
 * {@code config.json}; one id or a list.
 */
public final class EndTokens {
    private static final String KEY = "eos_token_id";

    private EndTokens() {}

    /**
     * Reads them.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if one is not a token id
     */
    public static Set<Integer> read(Path folder, HfConfig config) {
        return GenerationConfig.fields(folder)
                .filter(fields -> fields.contains(KEY))
                .map(EndTokens::ids)
                .orElseGet(
                        () -> ids(config.fields().contains(KEY) ? config.fields() : config.root()));
    }

    private static Set<Integer> ids(JsonFields fields) {
        List<Long> ids = fields.integers(KEY);
        for (long id : ids) {
            if (id < 0 || id > HfConfig.MAX_SIZE) {
                throw fields.error(KEY, "expected token ids, found " + id);
            }
        }
        return ids.stream().map(Long::intValue).collect(Collectors.toUnmodifiableSet());
    }
}
