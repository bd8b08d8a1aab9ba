package dev.nightjar.engine.format.xgboost;

import dev.nightjar.engine.format.document.Document;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.engine.tabular.linear.LinearModel;
import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.model.TreeModelBuilder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a model together from its learner. */
final class XgboostModel {
    private static final int MAX_OUTPUTS = 1 << 16;

    private final Document learner;
    private final Document params;
    private final boolean isEstimator;
    private final int numFeatures;
    private final int numOutputs;
    private final Objective objective;
    private final Map<String, String> details = new LinkedHashMap<>();

    XgboostModel(Document learner, String version, boolean isEstimator) {
        this.learner = learner;
        this.isEstimator = isEstimator;
        params = learner.object("learner_model_param");
        numFeatures = params.integer("num_feature");
        int classes = params.optionalInteger("num_class").orElse(0);
        int targets = params.optionalInteger("num_target").orElse(1);
        numOutputs = Math.max(1, Math.max(classes, targets));
        if (numFeatures < 1 || numOutputs > MAX_OUTPUTS) {
            throw params.error(
                    "num_feature",
                    "expected features and at most %d outputs, found %d and %d"
                            .formatted(MAX_OUTPUTS, numFeatures, numOutputs));
        }
        objective = Objective.named(learner.object("objective").text("name"), learner.file());
        if (!version.isEmpty()) {
            details.put("version", version);
        }
        details.put("objective", objective.name());
    }

    TabularModel read() {
        Document booster = learner.object("gradient_booster");
        String name = booster.text("name");
        return switch (name) {
            // Since 3.4 a tree booster that drops trees holds its weights here.
            case "gbtree" ->
                    trees(
                            name,
                            booster.object("model"),
                            booster.object("model")
                                    .optionalNumbers("weight_drop")
                                    .filter(weights -> weights.length > 0));
            case "dart" ->
                    trees(
                            name,
                            booster.object("gbtree").object("model"),
                            booster.optionalNumbers("weight_drop"));
            case "gblinear" -> linear(booster.object("model"));
            default ->
                    throw booster.error("name", "expected gbtree, dart or gblinear, found " + name);
        };
    }

    private TabularModel trees(String booster, Document model, Optional<double[]> weights) {
        XgboostTrees reader = new XgboostTrees(model, weights, numFeatures, numOutputs);
        Scoring scoring = new Scoring(base(), Aggregation.SUM, Precision.FLOAT, Precision.FLOAT);
        TreeModelBuilder builder =
                new TreeModelBuilder(
                                "XGBoost %s, %s".formatted(booster, objective.name()),
                                reader.read(iterations()),
                                scoring)
                        .link(objective.link())
                        .featureNames(names())
                        .details(details);
        labels().ifPresent(builder::labels);
        return builder.build();
    }

    private TabularModel linear(Document model) {
        double[] all = model.numbers("weights", Math.multiplyExact(numFeatures + 1, numOutputs));
        double[] constants = base();
        for (int k = 0; k < numOutputs; k++) {
            constants[k] = (float) (constants[k] + all[numFeatures * numOutputs + k]);
        }
        return new LinearModel(
                "XGBoost gblinear, " + objective.name(),
                constants,
                Arrays.copyOf(all, numFeatures * numOutputs),
                Precision.FLOAT,
                objective.link(),
                names(),
                labels());
    }

    /** One score for all outputs, or one each; written as text, in brackets since 3. */
    private double[] base() {
        String text = params.optionalText("base_score").orElse("0.5").strip();
        String inner =
                text.startsWith("[") && text.endsWith("]")
                        ? text.substring(1, text.length() - 1)
                        : text;
        double[] scores;
        try {
            scores = Arrays.stream(inner.split(",")).mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException e) {
            throw params.error("base_score", "expected numbers, found " + text);
        }
        if (scores.length != 1 && scores.length != numOutputs) {
            throw params.error(
                    "base_score",
                    "expected 1 or %d numbers, found %d".formatted(numOutputs, scores.length));
        }
        double[] base = new double[numOutputs];
        for (int k = 0; k < numOutputs; k++) {
            base[k] = objective.margin((float) scores[scores.length == 1 ? 0 : k]);
        }
        return base;
    }

    private List<String> names() {
        List<String> names = learner.texts("feature_names");
        if (!names.isEmpty() && names.size() != numFeatures) {
            throw learner.error(
                    "feature_names",
                    "expected %d names, found %d".formatted(numFeatures, names.size()));
        }
        return names;
    }

    /** How many iterations to use. */
    private Optional<Integer> iterations() {
        Optional<Document> attributes = learner.optionalObject("attributes");
        return isEstimator
                ? attributes.flatMap(a -> a.optionalInteger("best_iteration")).map(best -> best + 1)
                : Optional.empty();
    }

    private Optional<ClassLabels> labels() {
        if (objective.predictsClasses() && !isEstimator) {
            ClassLabels whole = ClassLabels.counting(numOutputs);
            return Optional.of(new ClassLabels(ValueType.FLOAT32, whole.numbers(), List.of()));
        }
        if (isEstimator && objective.link().isProbability()) {
            return Optional.of(ClassLabels.counting(Math.max(2, numOutputs)));
        }
        return Optional.empty();
    }
}
