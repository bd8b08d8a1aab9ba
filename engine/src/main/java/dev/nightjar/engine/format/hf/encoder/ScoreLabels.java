package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.ScoreKind;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names of a classifier's scores, {@code id2label}; without them it has two. What the scores
 * mean follows {@code problem_type}; without it, one score stands by itself and several exclude
 * each other.
 *
 * @param names in the order of the scores
 * @param kind what the scores mean
 */
record ScoreLabels(List<String> names, ScoreKind kind) {

    private static final String KEY = "id2label";
    private static final String PROBLEM_TYPE = "problem_type";
    private static final int MAX_SCORES = 1 << 16;
    private static final int DEFAULT_SCORES = 2;

    static ScoreLabels none() {
        return new ScoreLabels(List.of(), ScoreKind.ONE_OF_ALL);
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
        return new ScoreLabels(names, kind(config, count));
    }

    private static ScoreKind kind(HfConfig config, int count) {
        String type = config.fields().optionalText(PROBLEM_TYPE).orElse("");
        return switch (type) {
            case "" -> count == 1 ? ScoreKind.EACH_BY_ITSELF : ScoreKind.ONE_OF_ALL;
            case "single_label_classification" -> ScoreKind.ONE_OF_ALL;
            case "multi_label_classification" -> ScoreKind.EACH_BY_ITSELF;
            case "regression" -> ScoreKind.QUANTITIES;
            default ->
                    throw config.fields()
                            .error(
                                    PROBLEM_TYPE,
                                    "expected single_label_classification,"
                                            + " multi_label_classification or regression, found "
                                            + type);
        };
    }
}
