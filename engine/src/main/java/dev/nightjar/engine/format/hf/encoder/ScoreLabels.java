package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names of a classifier's scores, {@code id2label}; without them it has two.
 *
 * @param names in the order of the scores
 */
record ScoreLabels(List<String> names) {

    private static final String KEY = "id2label";
    private static final int MAX_SCORES = 1 << 16;
    private static final int DEFAULT_SCORES = 2;

    static ScoreLabels none() {
        return new ScoreLabels(List.of());
    }

    static ScoreLabels read(HfConfig config) {
        Optional<JsonFields> labels = config.fields().optionalFields(KEY);
        int count =
                labels.map(fields -> fields.object().members().size())
                        .orElseGet(
                                () ->
                                        config.optionalSize(MAX_SCORES, "num_labels")
                                                .orElse(DEFAULT_SCORES));
        if (count < 1 || count > MAX_SCORES) {
            throw config.fields()
                    .error(KEY, "expected 1 to %d labels, found %d".formatted(MAX_SCORES, count));
        }
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String key = Integer.toString(i);
            names.add(labels.map(fields -> fields.text(key)).orElse("LABEL_" + i));
        }
        return new ScoreLabels(names);
    }
}
