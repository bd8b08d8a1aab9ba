"""Trains boosters with random parameters on random data and writes what they predict.

Usage: train_random.py FOLDER COUNT SEED. Each case is a folder with a model (model.json or
model.ubj) and case.json: rows, raw scores, values, leaves and contributions.
"""

import json
import os
import sys

import numpy as np
import xgboost as xgb


def flat(array):
    return np.asarray(array, dtype=np.float64).reshape(-1).tolist()


def labels(rng, objective, signal, classes):
    if objective.startswith("multi:"):
        return (np.abs(signal * 3).astype(int)) % classes
    if objective.startswith("binary:") or objective == "reg:logistic":
        return (signal > 0).astype(int)
    if objective in ("count:poisson", "reg:tweedie"):
        return np.floor(np.abs(signal) * 2)
    if objective == "reg:gamma":
        return np.abs(signal) + 0.1
    return signal


def main():
    folder, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    rng = np.random.default_rng(seed)
    objectives = [
        "reg:squarederror", "reg:logistic", "binary:logistic", "binary:logitraw", "binary:hinge",
        "count:poisson", "reg:gamma", "reg:tweedie", "multi:softprob", "multi:softmax",
        "reg:pseudohubererror", "reg:squaredlogerror", "rank:pairwise",
    ]
    for case in range(count):
        objective = objectives[case % len(objectives)]
        booster = ["gbtree", "gbtree", "dart", "gblinear"][int(rng.integers(4))]
        columns = int(rng.integers(1, 12))
        rows = rng.normal(size=(300, columns)).astype(np.float32)
        categorical = booster != "gblinear" and rng.random() < 0.4
        types = ["q"] * columns
        if categorical:
            for column in range(0, columns, 2):
                rows[:, column] = rng.integers(0, int(rng.integers(2, 40)), size=300)
                types[column] = "c"
        if rng.random() < 0.6:
            rows[rng.random(rows.shape) < 0.15] = np.nan
        signal = np.nan_to_num(rows).sum(axis=1) * 0.3 + rng.normal(size=300) * 0.1
        signal -= np.median(signal)
        if objective == "reg:squaredlogerror":
            signal = np.abs(signal)
        classes = int(rng.integers(2, 5))
        data = xgb.DMatrix(
            rows, label=labels(rng, objective, signal, classes), feature_types=types,
            enable_categorical=True)
        params = {
            "objective": objective, "booster": booster, "nthread": 1, "seed": case,
            "base_score": float(rng.uniform(0.1, 0.9)), "eta": float(rng.uniform(0.05, 0.6)),
        }
        if objective.startswith("multi:"):
            params["num_class"] = classes
        if booster != "gblinear":
            params.update(
                max_depth=int(rng.integers(1, 8)), subsample=float(rng.uniform(0.5, 1)),
                tree_method="hist" if categorical else str(rng.choice(["hist", "exact", "approx"])),
                num_parallel_tree=int(rng.integers(1, 3)), min_child_weight=0.1)
            if rng.random() < 0.3:
                params.update(grow_policy="lossguide", max_leaves=20, tree_method="hist")
        if booster == "dart":
            params.update(rate_drop=0.3)
        model = xgb.train(params, data, int(rng.integers(1, 25)))
        tests = rows.copy()
        tests[:20][rng.random(tests[:20].shape) < 0.3] = np.nan
        if categorical:
            tests[20:24, 0] = [-1, 1000, 39, 0.5]
        matrix = xgb.DMatrix(tests, feature_types=types, enable_categorical=True)
        target = os.path.join(folder, "%04d" % case)
        os.makedirs(target)
        model.save_model(os.path.join(target, "model." + ["json", "ubj"][case % 2]))
        result = {
            "name": "%s %s" % (booster, objective), "rows": tests.shape[0], "columns": columns,
            "data": flat(tests), "raw": flat(model.predict(matrix, output_margin=True)),
            "value": flat(model.predict(matrix)),
        }
        result["contributions"] = flat(model.predict(matrix, pred_contribs=True))
        if booster != "gblinear":
            result["leaves"] = flat(model.predict(matrix, pred_leaf=True))
        with open(os.path.join(target, "case.json"), "w") as file:
            json.dump(result, file)


main()
