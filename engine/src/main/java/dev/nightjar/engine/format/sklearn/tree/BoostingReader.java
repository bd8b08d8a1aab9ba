package dev.nightjar.engine.format.sklearn.tree;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.Labels;
import dev.nightjar.engine.format.sklearn.state.NumpyArray;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.tabular.Link;
import dev.nightjar.engine.tabular.Precision;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.tree.Aggregation;
import dev.nightjar.engine.tabular.tree.Scoring;
import dev.nightjar.engine.tabular.tree.TreeEnsembleBuilder;
import dev.nightjar.engine.tabular.tree.model.TreeModelBuilder;
import java.util.Arrays;
import java.util.List;

/** Gradient boosting: the prior's score, and the leaves times the learning rate. */
public final class BoostingReader {
    /** The distance from 0 and 1 that priors are kept at: the epsilon of a float. */
    private static final double EPSILON = Math.ulp(1.0f);

    private final PickledObject estimator;
    private final boolean isClassifier;
    private final String loss;
    private final int numOutputs;

    /** Reads the state of an object. */
    public BoostingReader(PickledObject estimator) {
        this.estimator = estimator;
        isClassifier = estimator.className().endsWith("Classifier");
        loss = estimator.optionalText("loss").orElse("");
        NumpyArray trees = estimator.array("estimators_");
        numOutputs = trees.dimension(1);
    }

    /** The model. */
    public TabularModel read() {
        double rate = estimator.number("learning_rate");
        TreeEnsembleBuilder ensemble =
                new TreeEnsembleBuilder(estimator.file(), Features.count(estimator), numOutputs, 1);
        List<PickleValue> trees = estimator.list("estimators_");
        for (int i = 0; i < trees.size(); i++) {
            TreeState tree = new TreeState(estimator.objectOf(trees.get(i)));
            ensemble.add(tree.tree(i % numOutputs, values -> new double[] {rate * values[0]}));
        }
        Scoring scoring = new Scoring(base(), Aggregation.SUM, Precision.FLOAT, Precision.DOUBLE);
        TreeModelBuilder builder =
                new TreeModelBuilder(
                                "scikit-learn %s, %s".formatted(estimator.className(), loss),
                                ensemble.build(),
                                scoring)
                        .featureNames(Features.names(estimator))
                        .details(Features.details(estimator));
        if (isClassifier) {
            builder.link(link()).labels(Labels.of(estimator.array("classes_")));
        }
        return builder.build();
    }

    private Link link() {
        if (numOutputs > 1) {
            return Link.of(Link.Shape.SOFTMAX);
        }
        return new Link(Link.Shape.LOGISTIC, loss.equals("exponential") ? 2 : 1);
    }

    private double[] base() {
        PickleValue init = estimator.value("init_");
        if (init instanceof PickleText text && text.value().equals("zero")) {
            return new double[numOutputs];
        }
        PickledObject prior = estimator.objectOf(init);
        double[] scores =
                switch (prior.className()) {
                    case "DummyRegressor" -> prior.array("constant_").numbers();
                    case "DummyClassifier" -> ofPriors(prior.array("class_prior_").numbers());
                    case "LogOddsEstimator", "ScaledLogOddsEstimator" ->
                            new double[] {prior.number("prior")};
                    case "PriorProbabilityEstimator" -> prior.array("priors").numbers();
                    case "MeanEstimator" -> new double[] {prior.number("mean")};
                    case "QuantileEstimator" -> new double[] {prior.number("quantile")};
                    case "ZeroEstimator" -> new double[numOutputs];
                    default ->
                            throw estimator.error(
                                    "init_",
                                    "expected a prior of scikit-learn's, found "
                                            + prior.className());
                };
        if (scores.length != numOutputs) {
            throw estimator.error(
                    "init_", "expected %d scores, found %d".formatted(numOutputs, scores.length));
        }
        return scores;
    }

    private double[] ofPriors(double[] priors) {
        double[] kept = Arrays.stream(priors).map(BoostingReader::clipped).toArray();
        if (numOutputs == 1 && kept.length == 2) {
            double odds = Math.log(kept[1] / (1 - kept[1]));
            return new double[] {loss.equals("exponential") ? odds / 2 : odds};
        }
        double[] logs = Arrays.stream(kept).map(Math::log).toArray();
        boolean isCentred =
                estimator
                        .optional("_loss")
                        .map(value -> estimator.objectOf(value).className())
                        .orElse("")
                        .equals("HalfMultinomialLoss");
        double mean = isCentred ? Arrays.stream(logs).average().orElse(0) : 0;
        return Arrays.stream(logs).map(x -> x - mean).toArray();
    }

    private static double clipped(double p) {
        return Math.clamp(p, EPSILON, 1 - EPSILON);
    }
}
