package dev.nightjar.engine.tabular.score;

import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together a {@link ScoredModel}. For one thread. */
public final class ScoredModelBuilder {
    final String description;
    final RowFunction value;
    final ValueType type;
    final Optional<ClassLabels> labels;
    Optional<RowFunction> probability = Optional.empty();
    Optional<RowFunction> raw = Optional.empty();
    List<String> names = List.of();
    Map<String, String> details = Map.of();
    boolean takesMissing;

    private ScoredModelBuilder(
            String description, RowFunction value, ValueType type, Optional<ClassLabels> labels) {
        this.description = description;
        this.value = value;
        this.type = type;
        this.labels = labels;
    }

    /** A model that predicts numbers. */
    public static ScoredModelBuilder numbers(
            String description, RowFunction value, ValueType type) {
        return new ScoredModelBuilder(description, value, type, Optional.empty());
    }

    /** A model that predicts labels by their number. */
    public static ScoredModelBuilder labels(
            String description, RowFunction number, ClassLabels labels) {
        return new ScoredModelBuilder(description, number, labels.type(), Optional.of(labels));
    }

    /** A classifier that predicts the class of the largest probability. */
    public static ScoredModelBuilder likeliest(
            String description, RowFunction probabilities, ClassLabels labels) {
        return labels(description, Changed.largest(probabilities), labels)
                .probability(probabilities);
    }

    /** The probability of each class. */
    public ScoredModelBuilder probability(RowFunction probabilities) {
        probability = Optional.of(probabilities);
        return this;
    }

    /** The scores that decide. */
    public ScoredModelBuilder raw(RowFunction scores) {
        raw = Optional.of(scores);
        return this;
    }

    /** The features' names, or an empty list. */
    public ScoredModelBuilder names(List<String> featureNames) {
        names = List.copyOf(featureNames);
        return this;
    }

    /** Facts for people. */
    public ScoredModelBuilder details(Map<String, String> facts) {
        details = facts;
        return this;
    }

    /** Lets missing values, and text, through to the functions. */
    public ScoredModelBuilder takesMissing() {
        takesMissing = true;
        return this;
    }

    /** The model. */
    public TabularModel build() {
        return new ScoredModel(this);
    }
}
