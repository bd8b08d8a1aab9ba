package dev.nightjar.engine.format.sklearn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all estimators say about their features. */
final class Features {
    private static final int MAX = 1 << 24;

    private Features() {}

    static int count(PickledObject estimator) {
        for (String name : List.of("n_features_in_", "n_features_", "_n_features")) {
            if (estimator.optional(name).isPresent()) {
                double count = estimator.number(name);
                if (!(count >= 1 && count <= MAX)) {
                    throw estimator.error(name, "expected 1 to %d, found %s".formatted(MAX, count));
                }
                return (int) count;
            }
        }
        throw estimator.error(
                "n_features_in_", "expected this attribute, found none; is it fitted?");
    }

    static List<String> names(PickledObject estimator) {
        return estimator
                .optionalArray("feature_names_in_")
                .map(NumpyArray::texts)
                .orElse(List.of());
    }

    static Map<String, String> details(PickledObject estimator) {
        Map<String, String> details = new LinkedHashMap<>();
        estimator.optionalText("_sklearn_version").ifPresent(v -> details.put("version", v));
        return details;
    }
}
