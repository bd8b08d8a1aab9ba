package dev.nightjar.engine.format.sklearn.estimator;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.NumpyArray;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.ClassLabels;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.bayes.BinaryClasses;
import dev.nightjar.engine.tabular.bayes.CategoryClasses;
import dev.nightjar.engine.tabular.bayes.GaussianClasses;
import dev.nightjar.engine.tabular.bayes.LogShares;
import dev.nightjar.engine.tabular.linear.LinearFunction;
import dev.nightjar.engine.tabular.score.Changed;
import dev.nightjar.engine.tabular.score.RowFunction;
import dev.nightjar.engine.tabular.score.ScoredModelBuilder;
import java.util.Arrays;
import java.util.List;

/** Naive Bayes. */
public final class BayesReader {
    private final PickledObject estimator;
    private final ClassLabels labels;
    private final int numFeatures;

    /** Reads the state of an object. */
    public BayesReader(PickledObject estimator) {
        this.estimator = estimator;
        labels = Labels.of(estimator.array("classes_"));
        numFeatures = Features.count(estimator);
    }

    /** The model. */
    public TabularModel read() {
        RowFunction logs =
                switch (estimator.className()) {
                    case "GaussianNB" -> gaussian();
                    case "BernoulliNB" -> bernoulli();
                    case "CategoricalNB" -> categorical();
                    case "ComplementNB" -> complement();
                    default -> new LinearFunction(table("feature_log_prob_"), priors());
                };
        int width = labels.size();
        RowFunction shares = new Changed(logs, width, new LogShares(width));
        return Features.build(
                estimator,
                ScoredModelBuilder.labels(Features.title(estimator), Changed.largest(logs), labels)
                        .probability(shares));
    }

    private double[] table(String name) {
        double[] table = estimator.rows(name, numFeatures);
        if (table.length != (long) labels.size() * numFeatures) {
            throw estimator.error(name, "expected a row for each class");
        }
        return table;
    }

    private double[] priors() {
        return estimator.numbers("class_log_prior_", labels.size());
    }

    private RowFunction gaussian() {
        String old = estimator.optional("var_").isPresent() ? "var_" : "sigma_";
        double[] priors = estimator.numbers("class_prior_", labels.size());
        return new GaussianClasses(
                Arrays.stream(priors).map(Math::log).toArray(), table("theta_"), table(old));
    }

    private RowFunction bernoulli() {
        double threshold =
                estimator.optional("binarize").isPresent() ? estimator.number("binarize") : 0;
        return new BinaryClasses(threshold, priors(), table("feature_log_prob_"));
    }

    private RowFunction complement() {
        double[] none = new double[labels.size()];
        return new LinearFunction(table("feature_log_prob_"), labels.size() == 1 ? priors() : none);
    }

    private RowFunction categorical() {
        List<PickleValue> tables = estimator.list("feature_log_prob_");
        if (tables.size() != numFeatures) {
            throw estimator.error("feature_log_prob_", "expected a table for each feature");
        }
        double[][] logs = new double[numFeatures][];
        for (int f = 0; f < numFeatures; f++) {
            NumpyArray table = estimator.arrayOf(tables.get(f));
            if (table.numDimensions() != 2 || table.dimension(0) != labels.size()) {
                throw estimator.error("feature_log_prob_", "expected a row for each class");
            }
            logs[f] = table.numbers();
        }
        return new CategoryClasses(priors(), logs);
    }
}
