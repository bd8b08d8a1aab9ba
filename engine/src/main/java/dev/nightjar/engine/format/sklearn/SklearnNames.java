package dev.nightjar.engine.format.sklearn;

import dev.nightjar.engine.format.pickle.PickleGlobals;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names that pickles of estimators may use. */
final class SklearnNames {

    /** Estimators by module, in the spellings of all versions. */
    private static final List<String> MODULES =
            List.of(
                    "sklearn.tree._classes: DecisionTreeClassifier DecisionTreeRegressor"
                            + " ExtraTreeClassifier ExtraTreeRegressor",
                    "sklearn.tree.tree: DecisionTreeClassifier DecisionTreeRegressor"
                            + " ExtraTreeClassifier ExtraTreeRegressor",
                    "sklearn.tree._tree: Tree",
                    "sklearn.ensemble._forest: RandomForestClassifier RandomForestRegressor"
                            + " ExtraTreesClassifier ExtraTreesRegressor",
                    "sklearn.ensemble.forest: RandomForestClassifier RandomForestRegressor"
                            + " ExtraTreesClassifier ExtraTreesRegressor",
                    "sklearn.ensemble._gb: GradientBoostingClassifier GradientBoostingRegressor",
                    "sklearn.ensemble.gradient_boosting: GradientBoostingClassifier"
                            + " GradientBoostingRegressor BinomialDeviance MultinomialDeviance"
                            + " LeastSquaresError LeastAbsoluteError HuberLossFunction"
                            + " QuantileLossFunction ExponentialLoss LogOddsEstimator"
                            + " PriorProbabilityEstimator MeanEstimator QuantileEstimator"
                            + " ScaledLogOddsEstimator ZeroEstimator",
                    "sklearn.ensemble._gb_losses: BinomialDeviance MultinomialDeviance"
                            + " LeastSquaresError LeastAbsoluteError HuberLossFunction"
                            + " QuantileLossFunction ExponentialLoss",
                    "sklearn.ensemble._hist_gradient_boosting.gradient_boosting:"
                            + " HistGradientBoostingClassifier HistGradientBoostingRegressor",
                    "sklearn.ensemble._hist_gradient_boosting.predictor: TreePredictor",
                    "sklearn.ensemble._hist_gradient_boosting.binning: _BinMapper",
                    "sklearn._loss.loss: HalfBinomialLoss HalfMultinomialLoss HalfSquaredError"
                            + " AbsoluteError PinballLoss HalfPoissonLoss HalfGammaLoss HuberLoss"
                            + " ExponentialLoss Interval",
                    "sklearn._loss.link: LogitLink LogLink IdentityLink MultinomialLogit Interval"
                            + " HalfLogitLink",
                    "sklearn._loss._loss: __pyx_unpickle_CyHalfBinomialLoss CyHalfBinomialLoss"
                            + " __pyx_unpickle_CyHalfMultinomialLoss CyHalfMultinomialLoss"
                            + " __pyx_unpickle_CyHalfSquaredError CyHalfSquaredError"
                            + " __pyx_unpickle_CyAbsoluteError CyAbsoluteError"
                            + " __pyx_unpickle_CyPinballLoss CyPinballLoss"
                            + " __pyx_unpickle_CyHalfPoissonLoss CyHalfPoissonLoss"
                            + " __pyx_unpickle_CyHalfGammaLoss CyHalfGammaLoss",
                    "sklearn.dummy: DummyClassifier DummyRegressor",
                    "sklearn.linear_model._base: LinearRegression",
                    "sklearn.linear_model.base: LinearRegression",
                    "sklearn.linear_model._ridge: Ridge RidgeCV RidgeClassifier RidgeClassifierCV",
                    "sklearn.linear_model._coordinate_descent: Lasso LassoCV ElasticNet"
                            + " ElasticNetCV",
                    "sklearn.linear_model._bayes: BayesianRidge ARDRegression",
                    "sklearn.linear_model._huber: HuberRegressor",
                    "sklearn.linear_model._logistic: LogisticRegression LogisticRegressionCV",
                    "sklearn.linear_model.logistic: LogisticRegression",
                    "sklearn.linear_model._stochastic_gradient: SGDClassifier SGDRegressor",
                    "sklearn.linear_model._perceptron: Perceptron",
                    "sklearn.linear_model._sgd_fast: Hinge Log ModifiedHuber SquaredHinge"
                            + " SquaredLoss Huber EpsilonInsensitive SquaredEpsilonInsensitive",
                    "sklearn.svm._classes: LinearSVC LinearSVR",
                    "sklearn.pipeline: Pipeline",
                    "sklearn.preprocessing._data: StandardScaler MinMaxScaler MaxAbsScaler"
                            + " RobustScaler",
                    "sklearn.preprocessing._label: LabelBinarizer LabelEncoder",
                    "sklearn.preprocessing.data: StandardScaler MinMaxScaler",
                    "sklearn.impute._base: SimpleImputer",
                    "sklearn.utils._bunch: Bunch",
                    "numpy: ndarray dtype float64 float32 int64 int32 bool_ str_",
                    "numpy.core.multiarray: _reconstruct scalar",
                    "numpy._core.multiarray: _reconstruct scalar",
                    "numpy.core.numeric: _frombuffer",
                    "numpy._core.numeric: _frombuffer",
                    "numpy.random: __RandomState_ctor",
                    "numpy.random._pickle: __randomstate_ctor __bit_generator_ctor"
                            + " __generator_ctor",
                    "numpy.random._mt19937: MT19937",
                    "numpy.random.mtrand: RandomState",
                    "_codecs: encode",
                    "copy_reg: _reconstructor",
                    "copyreg: _reconstructor",
                    "__builtin__: object list dict set bytes bytearray",
                    "builtins: object list dict set slice bytes bytearray",
                    "collections: OrderedDict defaultdict");

    /** All of them, as a pickle spells them. */
    static final PickleGlobals GLOBALS = globals();

    private SklearnNames() {}

    private static PickleGlobals globals() {
        Set<String> names = new HashSet<>();
        for (String line : MODULES) {
            int colon = line.indexOf(':');
            for (String name : line.substring(colon + 1).strip().split(" +")) {
                names.add(line.substring(0, colon) + "." + name);
            }
        }
        return new PickleGlobals(names);
    }
}
