package dev.nightjar.engine.tabular.tree.model;

import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.Link;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.TreeEnsemble;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a tree model together. For one thread. */
public final class TreeModelBuilder {
    final String description;
    final TreeEnsemble trees;
    final Scoring scoring;
    Link link = Link.IDENTITY;
    List<String> featureNames = List.of();
    Optional<ClassLabels> labels = Optional.empty();
    boolean isLabelled;
    Map<String, String> details = Map.of();

    /** A model of raw scores. */
    public TreeModelBuilder(String description, TreeEnsemble trees, Scoring scoring) {
        this.description = description;
        this.trees = trees;
        this.scoring = scoring;
    }

    /** Sets the link function. */
    public TreeModelBuilder link(Link value) {
        link = value;
        return this;
    }

    /** Names the features, all or none. */
    public TreeModelBuilder featureNames(List<String> names) {
        featureNames = List.copyOf(names);
        return this;
    }

    /** Lets it predict the label of the most probable class rather than numbers. */
    public TreeModelBuilder labels(ClassLabels values) {
        labels = Optional.of(values);
        isLabelled = true;
        return this;
    }

    /** Adds facts for people. */
    public TreeModelBuilder details(Map<String, String> values) {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        return this;
    }

    /** The model. */
    public TreeModel build() {
        return new TreeModel(this);
    }
}
