package dev.nightjar.engine.tabular;

import dev.nightjar.engine.request.InvalidRequestException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings named columns into the order of a model's features. */
public final class FeatureOrder {
    private static final int MAX_SHOWN = 8;

    private FeatureOrder() {}

    /**
     * Where each feature stands among the columns; the columns as they are if the model's features
     * have no names and their number fits.
     *
     * @throws InvalidRequestException naming columns that are missing, unknown or given twice
     */
    public static int[] of(TabularModel model, List<String> columns) {
        List<String> names = model.featureNames();
        if (names.isEmpty()) {
            return unnamed(model, columns.size());
        }
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (places.put(columns.get(i), i) != null) {
                throw error("expected each column once, found %s again", columns.get(i));
            }
        }
        List<String> missing = names.stream().filter(name -> !places.containsKey(name)).toList();
        Set<String> known = new HashSet<>(names);
        List<String> unknown =
                columns.stream().filter(name -> !known.contains(name)).distinct().toList();
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            List<String> parts = new ArrayList<>();
            if (!missing.isEmpty()) {
                parts.add("missing " + shown(missing));
            }
            if (!unknown.isEmpty()) {
                parts.add("unknown " + shown(unknown));
            }
            throw error(
                    "expected columns %s", shown(names) + ", found " + String.join("; ", parts));
        }
        return names.stream().mapToInt(places::get).toArray();
    }

    private static int[] unnamed(TabularModel model, int numColumns) {
        if (numColumns != model.numFeatures()) {
            throw error(
                    "expected %s columns, found " + numColumns,
                    Integer.toString(model.numFeatures()));
        }
        int[] same = new int[numColumns];
        for (int i = 0; i < numColumns; i++) {
            same[i] = i;
        }
        return same;
    }

    private static String shown(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(MAX_SHOWN, names.size())));
        return names.size() > MAX_SHOWN
                ? "%s and %d more".formatted(first, names.size() - MAX_SHOWN)
                : first;
    }

    private static InvalidRequestException error(String message, String detail) {
        return new InvalidRequestException("inputs", message.formatted(detail));
    }
}
