"""Fits scikit-learn estimators with random parameters on random data and pickles them.

Usage: train_random.py FOLDER COUNT SEED. Each case is a folder with model.pkl and case.json: rows,
predictions, probabilities where there are any, and decision values.
"""

import json
import os
import pickle
import sys
import warnings

import numpy as np
from sklearn import ensemble, linear_model, svm, tree
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, RobustScaler, StandardScaler

warnings.filterwarnings("ignore")


def flat(array):
    return np.asarray(array, dtype=np.float64).reshape(-1).tolist()


def estimators(rng, depth):
    count = int(rng.integers(1, 30))
    rate = float(rng.uniform(0.05, 0.5))
    return [
        tree.DecisionTreeRegressor(max_depth=depth), tree.DecisionTreeClassifier(max_depth=depth),
        tree.ExtraTreeRegressor(max_depth=depth), tree.ExtraTreeClassifier(max_depth=depth),
        ensemble.RandomForestRegressor(count, max_depth=depth),
        ensemble.RandomForestClassifier(count, max_depth=depth),
        ensemble.ExtraTreesRegressor(count, max_depth=depth),
        ensemble.ExtraTreesClassifier(count, max_depth=depth),
        ensemble.GradientBoostingRegressor(n_estimators=count, learning_rate=rate),
        ensemble.GradientBoostingRegressor(n_estimators=count, loss="quantile", alpha=0.3),
        ensemble.GradientBoostingClassifier(n_estimators=count, learning_rate=rate),
        ensemble.GradientBoostingClassifier(n_estimators=count, init="zero"),
        ensemble.HistGradientBoostingRegressor(max_iter=count, learning_rate=rate),
        ensemble.HistGradientBoostingRegressor(max_iter=count, loss="poisson"),
        ensemble.HistGradientBoostingClassifier(max_iter=count, learning_rate=rate),
        linear_model.LinearRegression(), linear_model.Ridge(), linear_model.Lasso(0.01),
        linear_model.ElasticNet(0.01), linear_model.BayesianRidge(), linear_model.HuberRegressor(),
        linear_model.SGDRegressor(), linear_model.LogisticRegression(),
        linear_model.LogisticRegression(multi_class="ovr"),
        linear_model.LogisticRegression(multi_class="multinomial"),
        linear_model.LogisticRegression(solver="liblinear"),
        linear_model.SGDClassifier(), linear_model.SGDClassifier(loss="log_loss"),
        linear_model.RidgeClassifier(), linear_model.Perceptron(), svm.LinearSVC(),
        svm.LinearSVR(),
    ]


def main():
    folder, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    rng = np.random.default_rng(seed)
    np.random.seed(seed)
    for case in range(count):
        columns = int(rng.integers(2, 8))
        rows = rng.normal(size=(150, columns)) * rng.uniform(0.1, 20)
        models = estimators(rng, int(rng.integers(1, 9)))
        model = models[case % len(models)]
        name = type(model).__name__
        is_hist = name.startswith("Hist")
        if is_hist and rng.random() < 0.5:
            rows[:, 0] = rng.integers(0, 12, size=150)
            model.set_params(categorical_features=[0])
        signal = rows.sum(axis=1) / np.abs(rows).max() + rng.normal(size=150) * 0.05
        target = signal - signal.min() + 0.1
        if name.endswith("Classifier") or name in ("LogisticRegression", "Perceptron", "LinearSVC"):
            classes = int(rng.integers(2, 5))
            cuts = np.quantile(signal, np.linspace(0, 1, classes + 1)[1:-1])
            target = np.digitize(signal, cuts)
            if rng.random() < 0.3:
                target = np.array(["red", "green", "blue", "white"])[target]
            elif rng.random() < 0.3:
                target = target * 10 + 5
        steps = []
        if is_hist and rng.random() < 0.6:
            rows[rng.random(rows.shape) < 0.1] = np.nan
        elif rng.random() < 0.5:
            steps = [StandardScaler(), MinMaxScaler(clip=True), MaxAbsScaler(), RobustScaler(),
                     StandardScaler(with_mean=False)]
            steps = [steps[int(rng.integers(len(steps)))]]
            if rng.random() < 0.5:
                rows[rng.random(rows.shape) < 0.1] = np.nan
                kind = ["mean", "median", "most_frequent", "constant"][int(rng.integers(4))]
                steps.insert(0, SimpleImputer(strategy=kind))
        fitted = (make_pipeline(*steps, model) if steps else model).fit(rows, target)
        tests = rows * rng.choice([1.0, 1.1])
        if is_hist:
            tests[:3, 0] = [-1, 300, 11]
        place = os.path.join(folder, "%04d" % case)
        os.makedirs(place)
        with open(os.path.join(place, "model.pkl"), "wb") as file:
            pickle.dump(fitted, file, protocol=int(rng.integers(2, 6)))
        result = {"name": name, "rows": 150, "columns": columns, "data": flat(tests)}
        value = fitted.predict(tests)
        if value.dtype.kind == "U":
            result["labels"] = value.tolist()
        else:
            result["value"] = flat(value)
        if hasattr(fitted, "predict_proba"):
            result["probability"] = flat(fitted.predict_proba(tests))
        with open(os.path.join(place, "case.json"), "w") as file:
            json.dump(result, file)


main()
