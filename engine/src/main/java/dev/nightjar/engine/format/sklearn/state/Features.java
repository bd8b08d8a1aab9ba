package dev.nightjar.engine.format.sklearn.state;

import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What all estimators say about their features. */
public final class Features {
    private static final int MAX = 1 << 24;

    /** What readers keep of each feature, at least. */
    private static final int BYTES = 16;

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})[.](\\d{1,4})");

    private Features() {}

    /** How many there are. */
    public static int count(PickledObject estimator) {
        for (String name : List.of("n_features_in_", "n_features_", "_n_features")) {
            if (estimator.optional(name).isPresent()) {
                double count = estimator.number(name);
                if (!(count >= 1 && count <= MAX)) {
                    throw estimator.error(name, "expected 1 to %d, found %s".formatted(MAX, count));
                }
                estimator.charge(BYTES * (long) count);
                return (int) count;
            }
        }
        throw estimator.error(
                "n_features_in_", "expected this attribute, found none; is it fitted?");
    }

    /** Their names, or an empty list. */
    public static List<String> names(PickledObject estimator) {
        return estimator
                .optionalArray("feature_names_in_")
                .map(NumpyArray::texts)
                .filter(names -> names.size() == count(estimator))
                .orElse(List.of());
    }

    /** What is worth knowing about the file. */
    public static Map<String, String> details(PickledObject estimator) {
        Map<String, String> details = new LinkedHashMap<>();
        estimator.optionalText("_sklearn_version").ifPresent(v -> details.put("version", v));
        return details;
    }

    /** Whether a version of scikit-learn, 1.{@code minor} or a later one, saved it. */
    public static boolean isSince(PickledObject estimator, int minor) {
        String version = estimator.optionalText("_sklearn_version").orElse("");
        Matcher numbers = VERSION.matcher(version);
        if (!numbers.lookingAt()) {
            return false;
        }
        int major = Integer.parseInt(numbers.group(1));
        return major > 1 || major == 1 && Integer.parseInt(numbers.group(2)) >= minor;
    }

    /** What a model of this class is called. */
    public static String title(PickledObject estimator) {
        return "scikit-learn " + estimator.className();
    }

    /** Completes a model with the features' names and what is worth knowing. */
    public static TabularModel build(PickledObject estimator, ScoredModelBuilder builder) {
        return builder.names(names(estimator)).details(details(estimator)).build();
    }
}
