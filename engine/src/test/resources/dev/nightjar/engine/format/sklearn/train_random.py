"""Fits scikit-learn estimators with random parameters on random data and saves them.

Usage: train_random.py FOLDER COUNT SEED [ROWS TESTS]. Each case is a folder with the model, by
pickle or joblib, and case.json: rows, predictions, probabilities and decision values where there
are any. Columns of text stand beside the numbers; missing text is "<missing>". The files in
goldens.zip.gz are those of "train_random.py goldens 137 SEED 14 4" by scikit-learn 1.2.1, the
smallest of three seeds, and some by 1.9.1.
"""

import json
import os
import pickle
import sys
import warnings

import joblib
import numpy as np
from sklearn import (calibration, cluster, compose, decomposition, discriminant_analysis, dummy,
                     ensemble, feature_selection, impute, linear_model, mixture, model_selection,
                     multiclass, multioutput, naive_bayes, neighbors, neural_network, pipeline,
                     preprocessing, svm, tree)

try:
    import pandas
except ImportError:
    pandas = None

warnings.filterwarnings("ignore")
ROWS = int(sys.argv[4]) if len(sys.argv) > 4 else 120
TESTS = int(sys.argv[5]) if len(sys.argv) > 5 else ROWS
WORDS = np.array(["red", "green", "blue", "white", "black", "grün"], dtype=object)


def flat(array):
    return np.asarray(array, dtype=np.float64).reshape(-1).tolist()


class Case:
    """Random choices of one case."""

    def __init__(self, rng):
        self.rng = rng
        self.columns = int(rng.integers(2, 8 if ROWS > 60 else 4))
        self.classes = int(rng.integers(2, 5))
        self.count = int(rng.integers(1, 20 if ROWS > 60 else 4))
        self.depth = int(rng.integers(1, 7 if ROWS > 60 else 3))

    def pick(self, *options):
        return options[int(self.rng.integers(len(options)))]

    def uniform(self, low, high):
        return float(self.rng.uniform(low, high))

    # Classifiers and regressors that meta-estimators are made of.
    def classifier(self):
        return self.pick(
            linear_model.LogisticRegression(), naive_bayes.GaussianNB(),
            tree.DecisionTreeClassifier(max_depth=self.depth),
            ensemble.RandomForestClassifier(5, max_depth=self.depth),
            neighbors.KNeighborsClassifier(3),
            pipeline.make_pipeline(preprocessing.StandardScaler(), svm.SVC(probability=True)),
            ensemble.GradientBoostingClassifier(n_estimators=4))

    def regressor(self):
        return self.pick(
            linear_model.Ridge(), tree.DecisionTreeRegressor(max_depth=self.depth),
            neighbors.KNeighborsRegressor(4), svm.SVR(),
            ensemble.RandomForestRegressor(5, max_depth=self.depth),
            pipeline.make_pipeline(preprocessing.StandardScaler(), linear_model.Lasso(0.01)))


def trees(c):
    rate = c.uniform(0.05, 0.5)
    return {
        "reg": [
            tree.DecisionTreeRegressor(max_depth=c.depth), tree.ExtraTreeRegressor(max_depth=c.depth),
            ensemble.RandomForestRegressor(c.count, max_depth=c.depth),
            ensemble.ExtraTreesRegressor(c.count, max_depth=c.depth),
            ensemble.GradientBoostingRegressor(n_estimators=c.count, learning_rate=rate),
            ensemble.GradientBoostingRegressor(n_estimators=c.count, loss="quantile", alpha=0.3),
            ensemble.HistGradientBoostingRegressor(max_iter=c.count, learning_rate=rate),
            ensemble.HistGradientBoostingRegressor(max_iter=c.count, loss="poisson")],
        "clf": [
            tree.DecisionTreeClassifier(max_depth=c.depth), tree.ExtraTreeClassifier(max_depth=c.depth),
            ensemble.RandomForestClassifier(c.count, max_depth=c.depth),
            ensemble.ExtraTreesClassifier(c.count, max_depth=c.depth),
            ensemble.GradientBoostingClassifier(n_estimators=c.count, learning_rate=rate),
            ensemble.GradientBoostingClassifier(n_estimators=c.count, init="zero"),
            ensemble.HistGradientBoostingClassifier(max_iter=c.count, learning_rate=rate)],
        "out": [ensemble.IsolationForest(n_estimators=c.count, max_features=c.pick(1.0, 0.6),
                                         contamination=c.pick("auto", 0.1))]}


def linear(c):
    alpha = c.uniform(0.001, 0.5)
    return {
        "reg": [
            linear_model.LinearRegression(), linear_model.Ridge(alpha), linear_model.RidgeCV(),
            linear_model.Lasso(alpha / 10), linear_model.ElasticNet(alpha / 10),
            linear_model.LassoCV(cv=3), linear_model.ElasticNetCV(cv=3), linear_model.Lars(),
            linear_model.LassoLars(alpha / 100), linear_model.OrthogonalMatchingPursuit(),
            linear_model.BayesianRidge(), linear_model.ARDRegression(),
            linear_model.HuberRegressor(), linear_model.TheilSenRegressor(max_subpopulation=50),
            linear_model.RANSACRegressor(random_state=1), linear_model.SGDRegressor(),
            linear_model.PoissonRegressor(alpha=alpha), linear_model.GammaRegressor(alpha=alpha),
            linear_model.TweedieRegressor(power=c.pick(0, 1.5, 2), alpha=alpha),
            linear_model.QuantileRegressor(alpha=alpha / 10, solver="highs"), svm.LinearSVR(),
            c.regressor()],
        "multi": [linear_model.LinearRegression(), linear_model.MultiTaskLasso(alpha / 10),
                  multioutput.MultiOutputRegressor(c.regressor()),
                  neighbors.KNeighborsRegressor(3), neural_network.MLPRegressor(hidden_layer_sizes=(4,), max_iter=30)],
        "clf": [
            linear_model.LogisticRegression(C=1 / alpha),
            lambda: linear_model.LogisticRegression(multi_class="ovr"),
            lambda: linear_model.LogisticRegression(multi_class="multinomial"),
            linear_model.LogisticRegressionCV(cv=3, max_iter=50),
            linear_model.SGDClassifier(), linear_model.SGDClassifier(loss="log_loss"),
            linear_model.SGDClassifier(loss="modified_huber"), linear_model.RidgeClassifier(alpha),
            linear_model.RidgeClassifierCV(), linear_model.Perceptron(), svm.LinearSVC(),
            discriminant_analysis.LinearDiscriminantAnalysis(),
            discriminant_analysis.LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto"),
            discriminant_analysis.QuadraticDiscriminantAnalysis(reg_param=alpha / 10)],
        "two": [linear_model.LogisticRegression(solver="liblinear", C=1 / alpha)]}


def vectors(c):
    kernel = c.pick("linear", "poly", "rbf", "sigmoid")
    settings = dict(kernel=kernel, gamma=c.pick("scale", "auto", 0.1), coef0=c.uniform(-1, 1),
                    degree=int(c.rng.integers(1, 5)))
    return {
        "clf": [
            svm.SVC(C=c.uniform(0.1, 10), probability=True, **settings),
            svm.SVC(decision_function_shape="ovo", **settings),
            svm.SVC(break_ties=True, **settings),
            svm.NuSVC(nu=0.2, probability=c.pick(True, False), **settings)],
        "reg": [svm.SVR(C=c.uniform(0.1, 10), **settings), svm.NuSVR(nu=0.4, **settings)],
        "out": [svm.OneClassSVM(nu=0.2, **settings)]}


def near(c):
    metric = c.pick("euclidean", "manhattan", "chebyshev", "minkowski")
    settings = dict(n_neighbors=int(c.rng.integers(1, 12)), weights=c.pick("uniform", "distance"))
    if c.rng.random() < 0.2:
        settings.update(metric="cosine", algorithm="brute")
    else:
        settings.update(metric=metric, algorithm=c.pick("kd_tree", "ball_tree", "brute"),
                        p=c.pick(1, 2, 3, 1.5))
    if settings["weights"] == "distance" and settings["algorithm"] == "brute":
        # It computes distances from squares, so that a row is not quite at its own place.
        settings["weights"] = "uniform"
    return {
        "clf": [neighbors.KNeighborsClassifier(**settings), neighbors.NearestCentroid(),
                lambda: neighbors.NearestCentroid(priors="empirical"),
                neighbors.RadiusNeighborsClassifier(radius=1e3, weights=settings["weights"])],
        "reg": [neighbors.KNeighborsRegressor(**settings),
                neighbors.RadiusNeighborsRegressor(radius=1e3, weights=settings["weights"])],
        "group": [cluster.KMeans(c.pick(2, 3, 5), n_init=2), cluster.MiniBatchKMeans(4, n_init=2),
                  cluster.MeanShift(), mixture.GaussianMixture(
                      c.pick(1, 2, 3), covariance_type=c.pick("full", "tied", "diag", "spherical"))]}


def other(c):
    layers = c.pick((5,), (8, 4), (3, 3, 3))
    activation = c.pick("identity", "logistic", "tanh", "relu")
    return {
        "clf": [
            neural_network.MLPClassifier(hidden_layer_sizes=layers, activation=activation, max_iter=40),
            naive_bayes.GaussianNB(),
            dummy.DummyClassifier(strategy=c.pick("prior", "most_frequent"))],
        "counts": [naive_bayes.MultinomialNB(alpha=c.uniform(0.1, 2)),
                   naive_bayes.ComplementNB(norm=c.pick(True, False)),
                   naive_bayes.BernoulliNB(binarize=c.pick(0.0, 2.0)),
                   naive_bayes.CategoricalNB(min_categories=9)],
        "reg": [neural_network.MLPRegressor(hidden_layer_sizes=layers, activation=activation, max_iter=40),
                dummy.DummyRegressor(strategy=c.pick("mean", "median"))]}


def groups(c):
    voting = c.pick("hard", "soft")
    weights = c.pick(None, [2, 1, 0.5])
    two = [("a", c.classifier()), ("b", c.classifier()), ("c", c.classifier())]
    numbers = [("a", c.regressor()), ("b", c.regressor()), ("c", c.regressor())]
    return {
        "clf": [
            ensemble.VotingClassifier(two, voting=voting, weights=weights),
            ensemble.StackingClassifier(two, cv=3, passthrough=c.pick(True, False),
                                        stack_method=c.pick("auto", "predict")),
            ensemble.BaggingClassifier(c.classifier(), c.count, max_features=0.7),
            ensemble.BaggingClassifier(svm.LinearSVC(), 4),
            lambda: ensemble.AdaBoostClassifier(
                tree.DecisionTreeClassifier(max_depth=2), n_estimators=c.count),
            lambda: ensemble.AdaBoostClassifier(algorithm="SAMME", n_estimators=c.count),
            calibration.CalibratedClassifierCV(
                c.pick(svm.LinearSVC(), c.classifier()), method=c.pick("sigmoid", "isotonic"), cv=3,
                ensemble=c.pick(True, False)),
            multiclass.OneVsOneClassifier(c.pick(svm.LinearSVC(), linear_model.LogisticRegression())),
            multiclass.OneVsRestClassifier(c.pick(svm.LinearSVC(), c.classifier())),
            model_selection.GridSearchCV(linear_model.LogisticRegression(), {"C": [0.1, 1]}, cv=3)],
        "reg": [
            ensemble.VotingRegressor(numbers, weights=weights),
            ensemble.StackingRegressor(numbers, cv=3, passthrough=c.pick(True, False)),
            ensemble.BaggingRegressor(c.regressor(), c.count, max_features=0.7),
            ensemble.AdaBoostRegressor(c.regressor(), n_estimators=c.count),
            compose.TransformedTargetRegressor(c.regressor(), func=np.log1p, inverse_func=np.expm1),
            compose.TransformedTargetRegressor(
                c.regressor(), transformer=preprocessing.StandardScaler())]}


def steps(c):
    """One step of each kind, by the data that it takes."""
    return [
        preprocessing.StandardScaler(), preprocessing.StandardScaler(with_mean=False),
        preprocessing.MinMaxScaler(clip=c.pick(True, False)), preprocessing.MaxAbsScaler(),
        preprocessing.RobustScaler(), preprocessing.Normalizer(c.pick("l1", "l2", "max")),
        preprocessing.QuantileTransformer(
            n_quantiles=20, output_distribution=c.pick("uniform", "normal")),
        preprocessing.PowerTransformer(standardize=c.pick(True, False)),
        preprocessing.PolynomialFeatures(
            c.pick(2, 3, (2, 3)), interaction_only=c.pick(True, False), include_bias=c.pick(True, False)),
        preprocessing.KBinsDiscretizer(
            4, encode=c.pick("onehot", "onehot-dense", "ordinal"), strategy=c.pick("uniform", "quantile")),
        preprocessing.Binarizer(threshold=0.3), preprocessing.FunctionTransformer(),
        preprocessing.FunctionTransformer(c.pick(np.abs, np.tanh, np.square, np.expm1, np.arcsinh)),
        decomposition.PCA(2, whiten=c.pick(True, False)), decomposition.TruncatedSVD(n_components=1),
        decomposition.IncrementalPCA(1), cluster.KMeans(3, n_init=2),
        feature_selection.VarianceThreshold(0.001),
        feature_selection.SelectKBest(feature_selection.f_regression, k=c.pick(1, 2, "all")),
        feature_selection.SelectPercentile(feature_selection.f_regression, percentile=c.pick(40, 100)),
        feature_selection.SelectFromModel(
            c.pick(linear_model.Lasso(0.01), ensemble.RandomForestRegressor(5),
                   ensemble.GradientBoostingRegressor(n_estimators=4)),
            threshold=c.pick(None, "median", "0.5*mean")),
        feature_selection.RFE(linear_model.Ridge(), n_features_to_select=1),
        pipeline.make_union(preprocessing.StandardScaler(), decomposition.PCA(1), "passthrough"),
        pipeline.make_pipeline("passthrough", preprocessing.StandardScaler(), decomposition.PCA(1))]


def imputers(c):
    kind = c.pick("mean", "median", "most_frequent", "constant")
    return [impute.SimpleImputer(strategy=kind, add_indicator=c.pick(True, False)),
            pipeline.make_union(impute.SimpleImputer(strategy=kind), impute.MissingIndicator(
                features=c.pick("all", "missing-only"), error_on_new=False)),
            pipeline.make_pipeline(preprocessing.StandardScaler(), impute.SimpleImputer())]


def encoders(c):
    """Encoders of the two columns of text or categories."""
    drop = c.pick(None, "first", "if_binary")
    codes = dict(handle_unknown="use_encoded_value", unknown_value=c.pick(-1, np.nan))
    return [
        preprocessing.OneHotEncoder(handle_unknown="ignore", drop=drop),
        preprocessing.OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=0.2,
                                    drop=c.pick(None, "first")),
        preprocessing.OneHotEncoder(handle_unknown="ignore", max_categories=3),
        preprocessing.OrdinalEncoder(encoded_missing_value=-2, **{**codes, "unknown_value": -1}),
        lambda: preprocessing.OrdinalEncoder(
            min_frequency=0.2, encoded_missing_value=-2, **{**codes, "unknown_value": -1}),
        lambda: preprocessing.TargetEncoder(),
        pipeline.make_pipeline(
            impute.SimpleImputer(missing_values=None, strategy="most_frequent"),
            preprocessing.OneHotEncoder(handle_unknown="ignore")),
        pipeline.make_pipeline(
            impute.SimpleImputer(missing_values=None, strategy="constant", fill_value="none"),
            preprocessing.OrdinalEncoder(**{**codes, "unknown_value": -1}))]


def boosters(c):
    made = {"reg": [], "clf": []}
    try:
        import xgboost
        made["reg"].append(xgboost.XGBRegressor(n_estimators=c.count, max_depth=c.depth))
        made["clf"].append(xgboost.XGBClassifier(n_estimators=c.count, max_depth=c.depth))
    except ImportError:
        pass
    try:
        import lightgbm
        made["reg"].append(lightgbm.LGBMRegressor(n_estimators=c.count, verbose=-1))
        made["clf"].append(lightgbm.LGBMClassifier(n_estimators=c.count, verbose=-1))
    except ImportError:
        pass
    return made


def numbers(c):
    rows = c.rng.normal(size=(ROWS, c.columns)) * c.uniform(0.1, 5)
    return rows if ROWS > 60 else np.round(rows, 2)


def target(c, rows):
    signal = rows.sum(axis=1) / np.abs(rows).max() + c.rng.normal(size=len(rows)) * 0.05
    return signal - signal.min() + 0.1


def labels(c, signal, count, is_plain=False):
    cuts = np.quantile(signal, np.linspace(0, 1, count + 1)[1:-1])
    chosen = np.digitize(signal, cuts)
    if is_plain:
        return chosen
    return c.pick(chosen, chosen * 10 + 5, np.array(["red", "green", "blue", "white"])[chosen],
                  np.array(["red", "green", "blue", "white"], dtype=object)[chosen])


def plain(c, kind, model):
    """A model of numbers: what it is fitted on, and rows to predict."""
    rows = numbers(c)
    name = type(model).__name__
    if name.startswith("Hist"):
        if c.rng.random() < 0.5:
            rows[:, 0] = c.rng.integers(0, 12, size=ROWS)
            model.set_params(categorical_features=[0])
        known = target(c, rows)
        rows[c.rng.random(rows.shape) < 0.1] = np.nan
    elif name.startswith(("XGB", "LGBM")):
        known = target(c, rows)
        rows[c.rng.random(rows.shape) < 0.1] = np.nan
    elif kind == "counts":
        rows = c.rng.integers(0, 9, size=(ROWS, c.columns)).astype(float)
        known = target(c, rows)
    else:
        known = target(c, rows)
    if name.startswith("Dummy"):
        rows = rows[:, :1]
    tests = rows * (1.0 if kind == "counts" else c.pick(1.0, 1.1, 1.7))
    if name.startswith("Hist"):
        tests[:3, 0] = [-1, 300, 11]
    if kind in ("clf", "counts", "two"):
        count = 2 if kind == "two" else c.classes
        known = labels(c, known, count, name.startswith("XGB"))
    if kind == "multi":
        known = np.column_stack([known, known * 2 + rows[:, 0]])
    if kind in ("out", "group"):
        known = None
    return model, rows, known, tests


def stepped(c, step):
    rows = numbers(c)
    known = target(c, rows)
    last = c.pick(linear_model.Ridge(), linear_model.Lasso(0.001), svm.SVR())
    tests = rows * c.pick(1.0, 1.2)
    return pipeline.make_pipeline(step, last), rows, known, tests


def imputed(c, step):
    rows = numbers(c)
    known = target(c, rows)
    rows[c.rng.random(rows.shape) < 0.15] = np.nan
    if c.rng.random() < 0.3:
        rows[:, 0] = np.nan
    return pipeline.make_pipeline(step, linear_model.Ridge()), rows, known, rows.copy()


def mixed(c, encoder):
    """Numbers, and two columns of text or of numbers as categories."""
    rows = numbers(c)
    words = c.rng.choice(WORDS[:4] if c.rng.random() < 0.5 else WORDS[:2], size=(ROWS, 2),
                         p=None).astype(object)
    rare = c.rng.random(words.shape) < 0.05
    words[rare] = WORDS[4]
    known = target(c, rows) + (words[:, 0] == "red")
    is_chain = isinstance(encoder, pipeline.Pipeline)
    if is_chain or c.rng.random() < 0.5:
        words[c.rng.random(words.shape) < 0.1] = None
    all_columns = np.empty((ROWS, c.columns + 2), dtype=object)
    all_columns[:, :c.columns] = rows
    all_columns[:, c.columns:] = words
    tests = all_columns.copy()
    tests[:4, c.columns] = WORDS[5]
    names = ["n%d" % i for i in range(c.columns)] + ["w1", "w2"]
    text = c.pick([c.columns, c.columns + 1], slice(c.columns, None), [-2, -1])
    number = c.pick(list(range(c.columns)), slice(0, c.columns))
    if pandas is not None and c.rng.random() < 0.5:
        all_columns = pandas.DataFrame(all_columns, columns=names)
        all_columns = all_columns.astype({n: float for n in names[:c.columns]})
        frame = pandas.DataFrame(tests, columns=names)
        tests = frame.astype({n: float for n in names[:c.columns]})
        text = c.pick(["w1", "w2"], slice("w1", "w2"))
        number = names[:c.columns]
    first = c.pick("drop", "passthrough", preprocessing.StandardScaler())
    columns = compose.ColumnTransformer(
        [("numbers", first, number), ("words", encoder, text)],
        remainder=c.pick("drop", "passthrough"), transformer_weights=c.pick(None, {"words": 2.0}))
    if c.rng.random() < 0.3 and first != "passthrough":
        columns = compose.ColumnTransformer([("words", encoder, text)], remainder=first)
    last = c.pick(linear_model.Ridge(), ensemble.RandomForestRegressor(4, max_depth=3))
    return pipeline.make_pipeline(columns, last), all_columns, known, tests


def makers(c):
    made = []
    for family in (trees, linear, vectors, near, other, groups, boosters):
        for kind, models in family(c).items():
            made += [(plain, kind, model) for model in models]
    made += [(lambda c, k, step: stepped(c, step), "", step) for step in steps(c)]
    made += [(lambda c, k, step: imputed(c, step), "", step) for step in imputers(c)]
    made += [(lambda c, k, encoder: mixed(c, encoder), "", e) for e in encoders(c)]
    return made


def save(c, fitted, place):
    # Plain ones pack better together.
    kind = c.pick("pickle", "joblib", "zlib", "gzip") if ROWS > 60 or c.rng.random() < 0.1 else (
        c.pick("pickle", "joblib"))
    path = os.path.join(place, "model.bin")
    if kind == "pickle":
        with open(path, "wb") as file:
            pickle.dump(fitted, file, protocol=int(c.rng.integers(2, 6)))
    elif kind == "joblib":
        joblib.dump(fitted, path)
    else:
        joblib.dump(fitted, path, compress=(kind, int(c.rng.integers(1, 9))))


def answers(fitted, tests, result):
    value = np.asarray(fitted.predict(tests))
    if value.dtype.kind in "UO":
        result["labels"] = value.tolist()
    else:
        result["value"] = flat(value)
    for key, method in (("probability", "predict_proba"), ("raw", "decision_function")):
        if hasattr(fitted, method):
            result[key] = flat(getattr(fitted, method)(tests))


def rows_of(tests, result):
    array = np.asarray(tests)
    result["rows"], result["columns"] = array.shape
    result["text_columns"] = []
    plain_rows = np.full(array.shape, np.nan)
    for i in range(array.shape[1]):
        column = array[:, i]
        if any(isinstance(v, str) for v in column):
            result["text_columns"].append(i)
            result["texts_%d" % i] = ["<missing>" if not isinstance(v, str) else v for v in column]
        else:
            plain_rows[:, i] = column.astype(float)
    result["data"] = flat(plain_rows)


def attempt(rng, case):
    c = Case(rng)
    all_makers = makers(c)
    make, kind, model = all_makers[case % len(all_makers)]
    try:
        model = model() if callable(model) and not hasattr(model, "fit") else model
    except (TypeError, AttributeError):
        return None
    fitted, rows, known, tests = make(c, kind, model)
    try:
        fitted = fitted.fit(rows) if known is None else fitted.fit(rows, known)
    except ValueError as problem:
        print(case, type(model).__name__, "not fitted:", str(problem)[:100])
        return None
    return c, type(model).__name__, fitted, tests


def main():
    folder, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for case in range(count):
        rng = np.random.default_rng([seed, case])
        np.random.seed(seed + case)
        made = attempt(rng, case)
        if made is None:
            continue
        c, name, fitted, tests = made
        tests = tests[:TESTS]
        result = {"name": name}
        rows_of(tests, result)
        try:
            answers(fitted, tests, result)
        except ValueError as problem:
            print(case, name, "did not predict:", str(problem)[:100])
            continue
        place = os.path.join(folder, "%05d" % case)
        os.makedirs(place)
        save(c, fitted, place)
        with open(os.path.join(place, "case.json"), "w") as file:
            json.dump(result, file)


main()
