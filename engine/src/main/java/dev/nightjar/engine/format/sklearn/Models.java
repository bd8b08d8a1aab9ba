package dev.nightjar.engine.format.sklearn;

import dev.nightjar.engine.format.sklearn.estimator.BayesReader;
import dev.nightjar.engine.format.sklearn.estimator.CentresReader;
import dev.nightjar.engine.format.sklearn.estimator.DummyReader;
import dev.nightjar.engine.format.sklearn.estimator.NeighborsReader;
import dev.nightjar.engine.format.sklearn.estimator.PerceptronReader;
import dev.nightjar.engine.format.sklearn.estimator.QuadraticReader;
import dev.nightjar.engine.format.sklearn.estimator.SvmReader;
import dev.nightjar.engine.format.sklearn.group.AdaBoostReader;
import dev.nightjar.engine.format.sklearn.group.BaggingReader;
import dev.nightjar.engine.format.sklearn.group.CalibratedReader;
import dev.nightjar.engine.format.sklearn.group.MultiOutputReader;
import dev.nightjar.engine.format.sklearn.group.PairsReader;
import dev.nightjar.engine.format.sklearn.group.PerClassReader;
import dev.nightjar.engine.format.sklearn.group.StackingReader;
import dev.nightjar.engine.format.sklearn.group.TargetReader;
import dev.nightjar.engine.format.sklearn.group.VotingReader;
import dev.nightjar.engine.format.sklearn.group.WrapperReader;
import dev.nightjar.engine.format.sklearn.linear.LinearReader;
import dev.nightjar.engine.format.sklearn.linear.MarginReader;
import dev.nightjar.engine.format.sklearn.state.Estimators;
import dev.nightjar.engine.format.sklearn.state.Features;
import dev.nightjar.engine.format.sklearn.state.PickledObject;
import dev.nightjar.engine.format.sklearn.transform.PipelineReader;
import dev.nightjar.engine.format.sklearn.tree.BoostingReader;
import dev.nightjar.engine.format.sklearn.tree.ForestReader;
import dev.nightjar.engine.format.sklearn.tree.HistReader;
import dev.nightjar.engine.format.sklearn.tree.IsolationReader;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.transform.PipelineModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The estimators that predict: a line for each group of classes with one reader. */
final class Models {

    /** Reads the state of an object of one class. */
    interface Reader {
        TabularModel read(PickledObject object, Estimators all);
    }

    private static final Map<String, Reader> READERS = new HashMap<>();

    static {
        add("DecisionTreeClassifier DecisionTreeRegressor", (o, all) -> new ForestReader(o).read());
        add("ExtraTreeClassifier ExtraTreeRegressor", (o, all) -> new ForestReader(o).read());
        add("RandomForestClassifier RandomForestRegressor", (o, all) -> new ForestReader(o).read());
        add("ExtraTreesClassifier ExtraTreesRegressor", (o, all) -> new ForestReader(o).read());
        add(
                "GradientBoostingClassifier GradientBoostingRegressor",
                (o, all) -> new BoostingReader(o).read());
        add("HistGradientBoostingClassifier HistGradientBoostingRegressor", Models::histogram);
        add("IsolationForest", (o, all) -> new IsolationReader(o).read());
        add(
                "LinearRegression Ridge RidgeCV Lasso LassoCV ElasticNet ElasticNetCV Lars LarsCV",
                Models::linear);
        add(
                "LassoLars LassoLarsCV LassoLarsIC OrthogonalMatchingPursuit TheilSenRegressor",
                Models::linear);
        add(
                "MultiTaskLasso MultiTaskElasticNet BayesianRidge ARDRegression HuberRegressor",
                Models::linear);
        add("QuantileRegressor SGDRegressor PassiveAggressiveRegressor LinearSVR", Models::linear);
        add("PoissonRegressor GammaRegressor TweedieRegressor", Models::linear);
        add("RANSACRegressor", (o, all) -> all.model(o.value("estimator_")));
        add("LogisticRegression LogisticRegressionCV Perceptron LinearSVC", Models::linearClasses);
        add("RidgeClassifier RidgeClassifierCV PassiveAggressiveClassifier", Models::linearClasses);
        add("LinearDiscriminantAnalysis", Models::linearClasses);
        add("SGDClassifier", (o, all) -> new MarginReader(o).read());
        add("SVC NuSVC", (o, all) -> new SvmReader(o).classifier());
        add("SVR NuSVR", (o, all) -> new SvmReader(o).regressor());
        add("OneClassSVM", (o, all) -> new SvmReader(o).detector());
        add(
                "KNeighborsClassifier RadiusNeighborsClassifier",
                (o, all) -> new NeighborsReader(o).classifier());
        add(
                "KNeighborsRegressor RadiusNeighborsRegressor",
                (o, all) -> new NeighborsReader(o).regressor());
        add(
                "KMeans MiniBatchKMeans BisectingKMeans MeanShift AffinityPropagation",
                (o, all) -> new CentresReader(o).groups());
        add("NearestCentroid", (o, all) -> new CentresReader(o).classes());
        add(
                "GaussianNB MultinomialNB ComplementNB BernoulliNB CategoricalNB",
                (o, all) -> new BayesReader(o).read());
        add("QuadraticDiscriminantAnalysis", (o, all) -> new QuadraticReader(o).discriminant());
        add("GaussianMixture", (o, all) -> new QuadraticReader(o).mixture());
        add("MLPClassifier", (o, all) -> new PerceptronReader(o).classifier());
        add("MLPRegressor", (o, all) -> new PerceptronReader(o).regressor());
        add("DummyClassifier", (o, all) -> new DummyReader(o).classifier());
        add("DummyRegressor", (o, all) -> new DummyReader(o).regressor());
        add("Pipeline", (o, all) -> new PipelineReader(o, all).model());
        add("GridSearchCV RandomizedSearchCV", Models::best);
        add("HalvingGridSearchCV HalvingRandomSearchCV", Models::best);
        add("VotingClassifier", (o, all) -> new VotingReader(o, all).classifier());
        add("VotingRegressor", (o, all) -> new VotingReader(o, all).regressor());
        add("StackingClassifier", (o, all) -> new StackingReader(o, all).classifier());
        add("StackingRegressor", (o, all) -> new StackingReader(o, all).regressor());
        add("BaggingClassifier", (o, all) -> new BaggingReader(o, all).classifier());
        add("BaggingRegressor", (o, all) -> new BaggingReader(o, all).regressor());
        add("AdaBoostClassifier", (o, all) -> new AdaBoostReader(o, all).classifier());
        add("AdaBoostRegressor", (o, all) -> new AdaBoostReader(o, all).regressor());
        add("CalibratedClassifierCV", (o, all) -> new CalibratedReader(o, all).read());
        add("OneVsOneClassifier", (o, all) -> new PairsReader(o, all).read());
        add("OneVsRestClassifier", (o, all) -> new PerClassReader(o, all).read());
        add(
                "MultiOutputRegressor MultiOutputClassifier",
                (o, all) -> new MultiOutputReader(o, all).read());
        add("TransformedTargetRegressor", (o, all) -> new TargetReader(o, all).read());
        add(
                "XGBClassifier XGBRFClassifier XGBRegressor XGBRFRegressor XGBRanker",
                (o, all) -> new WrapperReader(o).xgboost());
        add("LGBMClassifier LGBMRegressor LGBMRanker", (o, all) -> new WrapperReader(o).lightGbm());
    }

    private Models() {}

    private static void add(String classes, Reader reader) {
        for (String name : classes.split(" ")) {
            READERS.put(name, reader);
        }
    }

    static Optional<Reader> reader(PickledObject object) {
        return switch (object.qualifiedName()) {
            case "xgboost.core.Booster" ->
                    Optional.of((o, all) -> new WrapperReader(o).xgboostBooster());
            case "lightgbm.basic.Booster" ->
                    Optional.of((o, all) -> new WrapperReader(o).lightGbmBooster());
            default -> Optional.ofNullable(READERS.get(object.className()));
        };
    }

    /** From 1.5 on, categories are encoded before. */
    private static TabularModel histogram(PickledObject object, Estimators all) {
        TabularModel trees = new HistReader(object).read();
        return object.optional("_preprocessor")
                .<TabularModel>map(
                        value ->
                                new PipelineModel(
                                        List.of(all.transform(value)),
                                        trees,
                                        Features.names(object)))
                .orElse(trees);
    }

    private static TabularModel linear(PickledObject object, Estimators all) {
        return new LinearReader(object, false).read();
    }

    private static TabularModel linearClasses(PickledObject object, Estimators all) {
        return new LinearReader(object, true).read();
    }

    private static TabularModel best(PickledObject search, Estimators all) {
        return all.model(search.value("best_estimator_"));
    }
}
