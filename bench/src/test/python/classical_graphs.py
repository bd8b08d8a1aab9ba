"""Writes ONNX graphs of classical models, each with rows: NAME.onnx, NAME.csv.

The first line of a CSV file has the type of each column, n or t. Needs numpy and onnx.
"""

import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FOLDER = sys.argv[1]
RNG = np.random.RandomState(7)
ML = "ai.onnx.ml"
FLOAT, DOUBLE, INT64, TEXT = (
    TensorProto.FLOAT,
    TensorProto.DOUBLE,
    TensorProto.INT64,
    TensorProto.STRING,
)


def info(name, kind, *shape):
    return helper.make_tensor_value_info(name, kind, list(shape))


def maps_info(name, key):
    """A sequence of maps from class to score."""
    result = onnx.ValueInfoProto(name=name)
    of = result.type.sequence_type.elem_type.map_type
    of.key_type = key
    of.value_type.tensor_type.elem_type = FLOAT
    return result


def constant(name, values):
    return numpy_helper.from_array(np.asarray(values), name)


def write(name, nodes, inputs, outputs, rows, constants=(), opset=15, ml=3, others=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(constants))
    opsets = [helper.make_opsetid("", opset), helper.make_opsetid(ML, ml)]
    opsets += [helper.make_opsetid(domain, 1) for domain in others]
    model = helper.make_model(graph, opset_imports=opsets, producer_name="classical_graphs")
    model.ir_version = 8
    onnx.save(model, f"{FOLDER}/{name}.onnx")
    with open(f"{FOLDER}/{name}.csv", "w") as out:
        out.write(",".join("t" if isinstance(v, str) else "n" for v in rows[0]) + "\n")
        for row in rows:
            out.write(",".join(v if isinstance(v, str) else repr(float(v)) for v in row) + "\n")


def numbers(count, width, missing=0.0, whole=False):
    x = RNG.randint(-3, 4, (count, width)) if whole else RNG.randn(count, width) * 2
    x = x.astype(np.float32).astype(np.float64)
    x[RNG.rand(count, width) < missing] = np.nan
    return [list(row) for row in x]


def ml_node(kind, inputs, outputs, **attributes):
    return helper.make_node(kind, inputs, outputs, domain=ML, **attributes)


def x_input(width, kind=FLOAT):
    return info("x", kind, None, width)


def unary(name, node, rows=None, width=4, kind=FLOAT, out=FLOAT, opset=15, ml=3, constants=()):
    nodes = node if isinstance(node, list) else [node]
    write(
        name,
        nodes,
        [x_input(width, kind)],
        [info("y", out, *([None] * 2))],
        rows if rows is not None else numbers(17, width),
        constants,
        opset,
        ml,
    )


def classifier(name, nodes, width, classes, rows=None, labels=INT64, kind=FLOAT, zipped=False, ml=1):
    outputs = [info("label", labels, None)]
    if zipped:
        outputs.append(maps_info("maps", labels))
    else:
        outputs.append(info("scores", FLOAT, None, classes))
    write(name, nodes, [x_input(width, kind)], outputs, rows or numbers(33, width), ml=ml)


def random_trees(count, depth, width, modes, whole=False):
    """Attributes of nodes, and (tree, node) of all leaves."""
    a = {k: [] for k in "treeids nodeids featureids values modes truenodeids falsenodeids".split()}
    a["missing_value_tracks_true"] = []
    leaves = []

    def add(tree, node, feature, value, mode, yes, no, track):
        for key, v in zip(a, (tree, node, feature, value, mode, yes, no, track)):
            a[key].append(v)

    for tree in range(count):
        following = [1]

        def grow(node, level):
            if level == depth or (level > 0 and RNG.rand() < 0.2):
                add(tree, node, 0, 0.0, "LEAF", 0, 0, 0)
                leaves.append((tree, node))
                return
            yes, no = following[0], following[0] + 1
            following[0] += 2
            value = float(RNG.randint(-3, 4)) if whole else float(np.float32(RNG.randn()))
            mode = modes[RNG.randint(len(modes))]
            add(tree, node, RNG.randint(width), value, mode, yes, no, RNG.randint(2))
            grow(yes, level + 1)
            grow(no, level + 1)

        grow(0, 0)
    return {"nodes_" + k: v for k, v in a.items()}, leaves


def votes(leaves, prefix, outputs, positive=False):
    ids, trees, nodes, weights = [], [], [], []
    for tree, node in leaves:
        for output in outputs(tree):
            ids.append(output)
            trees.append(tree)
            nodes.append(node)
            weight = float(np.float32(RNG.rand() * 0.2 if positive else RNG.randn()))
            weights.append(weight)
    return {
        prefix + "_ids": ids,
        prefix + "_treeids": trees,
        prefix + "_nodeids": nodes,
        prefix + "_weights": weights,
    }


def trees_of(
    kind, count, width, outputs, modes=("BRANCH_LEQ",), positive=False, whole=False, depth=5, **more
):
    nodes, leaves = random_trees(count, depth, width, list(modes), whole)
    prefix = "class" if kind.endswith("Classifier") else "target"
    made = ["label", "scores"] if prefix == "class" else ["y"]
    return ml_node(kind, ["x"], made, **nodes, **votes(leaves, prefix, outputs, positive), **more)


def regressors():
    every = ("BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ")
    for mode in every:
        name = "trees_" + mode[7:].lower()
        rows = numbers(200, 4, 0.2, whole=True)
        node = trees_of(
            "TreeEnsembleRegressor", 9, 4, lambda t: [0], [mode], whole=True, n_targets=1
        )
        unary(name, node, rows, ml=1)
    rows = numbers(200, 4, 0.2, whole=True)
    mixed = trees_of(
        "TreeEnsembleRegressor", 20, 4, lambda t: [0], every, whole=True, n_targets=1, base_values=[0.5]
    )
    unary("trees_mixed", mixed, rows, ml=1)
    for function in ("SUM", "AVERAGE", "MIN", "MAX"):
        for targets in (1, 3):
            node = trees_of(
                "TreeEnsembleRegressor",
                15,
                4,
                lambda t: range(targets),
                n_targets=targets,
                aggregate_function=function,
                base_values=[0.25 * (k + 1) for k in range(targets)],
            )
            unary(f"trees_{function.lower()}_{targets}", node, numbers(150, 4, 0.1), ml=1)
    node = trees_of("TreeEnsembleRegressor", 12, 4, lambda t: [t % 3], n_targets=3)
    unary("trees_grouped", node, numbers(150, 4), ml=1)
    for transform in ("SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO"):
        node = trees_of(
            "TreeEnsembleRegressor", 6, 4, lambda t: range(3), n_targets=3, post_transform=transform
        )
        unary("trees_" + transform.lower(), node, numbers(60, 4), ml=1)
    doubles()


def doubles():
    nodes, leaves = random_trees(10, 5, 4, ["BRANCH_LEQ"])
    target = votes(leaves, "target", lambda t: [0])
    nodes["nodes_values_as_tensor"] = constant("v", np.array(nodes.pop("nodes_values"), np.float64) / 3)
    target["target_weights_as_tensor"] = constant(
        "w", np.array(target.pop("target_weights"), np.float64) / 3
    )
    base = constant("b", np.array([0.1], np.float64))
    node = ml_node(
        "TreeEnsembleRegressor", ["x"], ["y"], n_targets=1, base_values_as_tensor=base, **nodes, **target
    )
    unary("trees_double", node, numbers(150, 4), kind=DOUBLE)


def classifiers():
    kind = "TreeEnsembleClassifier"
    cases = {
        "forest_three": (lambda t: range(3), 3, True, {}),
        "boosted_three": (lambda t: [t % 3], 3, False, {"post_transform": "SOFTMAX"}),
        "boosted_three_base": (
            lambda t: [t % 3],
            3,
            False,
            {"post_transform": "SOFTMAX", "base_values": [0.5, 0.25, -0.5]},
        ),
        "boosted_three_logistic": (lambda t: [t % 3], 3, False, {"post_transform": "LOGISTIC"}),
        "forest_two": (lambda t: [0], 2, True, {}),
        "boosted_two": (lambda t: [0], 2, False, {"post_transform": "LOGISTIC"}),
        "boosted_two_base": (
            lambda t: [0],
            2,
            False,
            {"post_transform": "LOGISTIC", "base_values": [0.3]},
        ),
        "boosted_two_raw": (lambda t: [0], 2, False, {}),
        "boosted_two_second": (lambda t: [1], 2, False, {"post_transform": "LOGISTIC"}),
        "forest_two_both": (lambda t: range(2), 2, True, {}),
        "boosted_two_both": (lambda t: range(2), 2, False, {"post_transform": "SOFTMAX"}),
    }
    for name, (outputs, classes, positive, more) in cases.items():
        labels = [5, 7, 9][:classes]
        node = trees_of(
            kind, 12, 4, outputs, positive=positive, classlabels_int64s=labels, **more
        )
        rows = numbers(150, 4, 0.05)
        if "both" in name:
            # ONNX Runtime's labels are those of scores above 0, not of the larger one.
            write(name, [node], [x_input(4)], [info("scores", FLOAT, None, 2)], rows, ml=1)
        else:
            classifier(name, [node], 4, classes, rows)
    node = trees_of(
        kind, 3, 4, lambda t: [t], depth=2, post_transform="SOFTMAX", classlabels_int64s=[0, 1, 2]
    )
    classifier("boosted_small", [node], 4, 3)
    node = trees_of(kind, 9, 4, lambda t: [t % 3], classlabels_strings=["a", "b", "c"])
    classifier("boosted_text", [node], 4, 3, numbers(80, 4), labels=TEXT)
    node = trees_of(kind, 9, 4, lambda t: range(3), positive=True, classlabels_int64s=[0, 1, 2])
    zipped = ml_node("ZipMap", ["scores"], ["maps"], classlabels_int64s=[0, 1, 2])
    classifier("forest_zipped", [node, zipped], 4, 3, numbers(80, 4), zipped=True)


def linear():
    for targets in (1, 3):
        node = ml_node(
            "LinearRegressor",
            ["x"],
            ["y"],
            coefficients=RNG.randn(4 * targets).tolist(),
            intercepts=RNG.randn(targets).tolist(),
            targets=targets,
        )
        unary(f"linear_{targets}", node, ml=1)
    for transform in ("NONE", "SOFTMAX", "LOGISTIC"):
        node = ml_node(
            "LinearClassifier",
            ["x"],
            ["label", "raw"],
            coefficients=(RNG.randn(12) * 0.2).tolist(),
            intercepts=RNG.randn(3).tolist(),
            classlabels_ints=[1, 4, 9],
            multi_class=1,
            post_transform=transform,
        )
        norm = ml_node("Normalizer", ["raw"], ["scores"], norm="L1")
        classifier("linear_three_" + transform.lower(), [node, norm], 4, 3)
    node = ml_node(
        "LinearClassifier",
        ["x"],
        ["label", "scores"],
        coefficients=RNG.randn(4).tolist(),
        intercepts=RNG.randn(1).tolist(),
        classlabels_strings=["no", "yes"],
    )
    classifier("linear_two", [node], 4, 2, labels=TEXT)
    node = ml_node(
        "LinearClassifier",
        ["x"],
        ["label", "scores"],
        coefficients=RNG.randn(8).tolist(),
        intercepts=RNG.randn(2).tolist(),
        classlabels_ints=[0, 1],
        post_transform="LOGISTIC",
    )
    classifier("linear_pair", [node], 4, 2)


def svm():
    for kernel in ("LINEAR", "POLY", "RBF", "SIGMOID"):
        params = [0.3, 0.5, 3.0] if kernel == "POLY" else [0.2, 0.1, 0.0]
        node = ml_node(
            "SVMRegressor",
            ["x"],
            ["y"],
            coefficients=RNG.randn(6).tolist(),
            support_vectors=RNG.randn(24).tolist(),
            rho=[0.4],
            n_supports=6,
            kernel_type=kernel,
            kernel_params=params,
        )
        unary("svr_" + kernel.lower(), node, ml=1)
    node = ml_node(
        "SVMRegressor",
        ["x"],
        ["y"],
        coefficients=RNG.randn(6).tolist(),
        support_vectors=RNG.randn(24).tolist(),
        rho=[-0.1],
        n_supports=6,
        one_class=1,
        kernel_type="RBF",
        kernel_params=[0.2, 0.0, 3.0],
    )
    unary("svr_one_class", node, ml=1)
    for classes in (2, 3, 4):
        for proba in (False, True):
            pairs = classes * (classes - 1) // 2
            more = {}
            if proba:
                more = {
                    "prob_a": (-1 - RNG.rand(pairs)).tolist(),
                    "prob_b": (RNG.randn(pairs) * 0.1).tolist(),
                }
            per_class = [3, 2, 4, 3][:classes]
            total = sum(per_class)
            node = ml_node(
                "SVMClassifier",
                ["x"],
                ["label", "scores"],
                coefficients=RNG.randn((classes - 1) * total).tolist(),
                support_vectors=RNG.randn(total * 4).tolist(),
                rho=RNG.randn(pairs).tolist(),
                vectors_per_class=per_class,
                kernel_type="RBF",
                kernel_params=[0.2, 0.0, 3.0],
                classlabels_ints=list(range(classes)),
                **more,
            )
            name = f"svc_{classes}" + ("_proba" if proba else "")
            classifier(name, [node], 4, pairs if classes > 2 and not proba else classes)


def features():
    unary(
        "scaler",
        ml_node("Scaler", ["x"], ["y"], offset=[0.1, -2.0, 3.0, 0.0], scale=[2.0, 0.3, 1.0, 9.0]),
        ml=1,
    )
    unary(
        "scaler_double",
        ml_node("Scaler", ["x"], ["y"], offset=[0.1], scale=[2.5]),
        kind=DOUBLE,
        ml=1,
    )
    unary(
        "imputer",
        ml_node(
            "Imputer",
            ["x"],
            ["y"],
            imputed_value_floats=[1.0, 2.0, 3.0, 4.0],
            replaced_value_float=float("nan"),
        ),
        numbers(40, 4, 0.4),
        ml=1,
    )
    unary(
        "imputer_whole",
        ml_node("Imputer", ["x"], ["y"], imputed_value_int64s=[9], replaced_value_int64=-1),
        numbers(40, 4, whole=True),
        kind=INT64,
        out=INT64,
        ml=1,
    )
    for norm in ("MAX", "L1", "L2"):
        unary(
            "normalizer_" + norm.lower(),
            ml_node("Normalizer", ["x"], ["y"], norm=norm),
            numbers(20, 4) + [[0.0] * 4],
            ml=1,
        )
    unary("binarizer", ml_node("Binarizer", ["x"], ["y"], threshold=0.5), ml=1)
    unary(
        "extractor",
        ml_node("ArrayFeatureExtractor", ["x", "i"], ["y"]),
        constants=[constant("i", np.array([3, 0, 3], np.int64))],
        ml=1,
    )
    write(
        "vectorizer",
        [ml_node("FeatureVectorizer", ["a", "b"], ["y"], inputdimensions=[2, 1])],
        [info("a", FLOAT, None, 2), info("b", FLOAT, None, 1)],
        [info("y", FLOAT, None, 3)],
        numbers(20, 3),
        ml=1,
    )


def encoders():
    names = ["red", "green", "blue", "grey"]
    rows = [[names[i % 4], names[i * 3 % 4]] for i in range(12)] + [["pink", "red"]]
    text = info("x", TEXT, None, 2)
    one_hot = ml_node("OneHotEncoder", ["x"], ["h"], cats_strings=names[:3], zeros=1)
    flat = helper.make_node("Reshape", ["h", "s"], ["y"])
    shape = constant("s", np.array([-1, 6], np.int64))
    write("one_hot_text", [one_hot, flat], [text], [info("y", FLOAT, None, 6)], rows, [shape], ml=1)
    one_hot = ml_node("OneHotEncoder", ["x"], ["h"], cats_int64s=[-1, 0, 2], zeros=1)
    unary("one_hot_whole", [one_hot, flat], numbers(30, 2, whole=True), 2, constants=[shape], ml=1)

    def encoder(name, kind, out, rows, ml=2, **attributes):
        node = ml_node("LabelEncoder", ["x"], ["y"], **attributes)
        write(name, [node], [info("x", kind, None, 2)], [info("y", out, None, 2)], rows, ml=ml)

    whole = numbers(20, 2, whole=True)
    encoder(
        "label_text_whole",
        TEXT,
        INT64,
        rows,
        keys_strings=names,
        values_int64s=[3, 5, 7, 9],
        default_int64=42,
    )
    encoder(
        "label_text_float",
        TEXT,
        FLOAT,
        rows,
        keys_strings=names,
        values_floats=[0.5, 1.5, 2.5, 3.5],
        default_float=-1.0,
    )
    encoder(
        "label_whole_float",
        INT64,
        FLOAT,
        whole,
        keys_int64s=[-1, 0, 1],
        values_floats=[0.5, 1.5, 2.5],
    )
    write(
        "label_to_text",
        [ml_node("LabelEncoder", ["x"], ["y"], keys_int64s=[-1, 0, 1], values_strings=["a", "b", "c"])],
        [info("x", INT64, None)],
        [info("y", TEXT, None)],
        [[r[0]] for r in whole],
        ml=2,
    )
    encoder(
        "label_float_whole",
        FLOAT,
        INT64,
        numbers(30, 2, 0.3, whole=True),
        keys_floats=[float("nan"), 0.0, 1.0],
        values_int64s=[10, 20, 30],
    )
    write(
        "mapper",
        [
            ml_node(
                "CategoryMapper", ["x"], ["y"], cats_strings=names, cats_int64s=[8, 6, 4, 2], default_int64=0
            )
        ],
        [text],
        [info("y", INT64, None, 2)],
        rows,
        ml=1,
    )


def columns():
    """Columns of numbers and text, as exporters of pipelines write them."""
    names = ["red", "green", "blue"]
    nodes = [
        helper.make_node("Concat", ["age", "height"], ["n"], axis=1),
        ml_node("Imputer", ["n"], ["i"], imputed_value_floats=[40.0, 170.0], replaced_value_float=float("nan")),
        ml_node("Scaler", ["i"], ["z"], offset=[40.0, 170.0], scale=[0.1, 0.05]),
        ml_node("OneHotEncoder", ["color"], ["o"], cats_strings=names, zeros=1),
        helper.make_node("Reshape", ["o", "s"], ["h"]),
        helper.make_node("Concat", ["z", "h"], ["x"], axis=-1),
        ml_node(
            "LinearClassifier",
            ["x"],
            ["label", "raw"],
            coefficients=RNG.randn(15).tolist(),
            intercepts=RNG.randn(3).tolist(),
            classlabels_strings=["high", "low", "mid"],
            post_transform="SOFTMAX",
        ),
        ml_node("Normalizer", ["raw"], ["p"], norm="L1"),
        ml_node("ZipMap", ["p"], ["maps"], classlabels_strings=["high", "low", "mid"]),
    ]
    rows = [
        [20.0 + i * 3 if i % 5 else float("nan"), 150.0 + i, (names + ["pink"])[i % 4]] for i in range(25)
    ]
    write(
        "pipeline",
        nodes,
        [info("age", FLOAT, None, 1), info("height", FLOAT, None, 1), info("color", TEXT, None, 1)],
        [info("label", TEXT, None), maps_info("maps", TEXT)],
        rows,
        [constant("s", np.array([-1, 3], np.int64))],
        ml=1,
    )


def node(kind, inputs, outputs=("y",), **attributes):
    return helper.make_node(kind, list(inputs), list(outputs), **attributes)


def plain():
    f32 = lambda *shape: RNG.randn(*shape).astype(np.float32)
    i64 = lambda *values: np.array(values, np.int64)
    for kind in "Abs Neg Exp Relu Sigmoid Tanh Floor Ceil Round Sign Reciprocal Softplus Sin Cos".split():
        unary("op_" + kind.lower(), node(kind, ["x"]))
    for kind in ("Sqrt", "Log"):
        unary("op_" + kind.lower(), [node("Abs", ["x"], ["a"]), node(kind, ["a"])])
    for kind in ("Add", "Sub", "Mul", "Div", "Max", "Min"):
        unary("op_" + kind.lower(), node(kind, ["x", "c"]), constants=[constant("c", f32(4))])
    unary(
        "op_pow",
        [node("Abs", ["x"], ["a"]), node("Pow", ["a", "c"])],
        constants=[constant("c", f32(1, 4))],
    )
    unary(
        "op_div_whole",
        node("Div", ["x", "c"]),
        numbers(20, 4, whole=True),
        kind=INT64,
        out=INT64,
        constants=[constant("c", i64(2, -2, 3, 1))],
    )
    for kind in ("Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal"):
        compare = [
            node(kind, ["x", "c"], ["b"]),
            node("Not", ["b"], ["n"]),
            node("IsNaN", ["x"], ["m"]),
            node("Or", ["n", "m"], ["o"]),
            node("Cast", ["o"], to=FLOAT),
        ]
        unary(
            "op_" + kind.lower(),
            compare,
            numbers(40, 4, 0.1, whole=True),
            constants=[constant("c", np.zeros(1, np.float32))],
        )
    unary(
        "op_where",
        [node("Less", ["x", "c"], ["b"]), node("Where", ["b", "c", "x"])],
        constants=[constant("c", f32(4))],
    )
    unary("op_matmul", node("MatMul", ["x", "w"]), constants=[constant("w", f32(4, 3))])
    unary(
        "op_gemm",
        node("Gemm", ["x", "w", "b"], alpha=0.5, beta=2.0, transB=1),
        constants=[constant("w", f32(3, 4)), constant("b", f32(3))],
    )
    for kind in ("Softmax", "LogSoftmax"):
        unary("op_" + kind.lower(), node(kind, ["x"], axis=-1))
        unary("op_" + kind.lower() + "_11", node(kind, ["x"], axis=1), opset=11)
    for kind in "Max Min Mean L1 L2 SumSquare Prod LogSumExp".split():
        unary("op_reduce_" + kind.lower(), node("Reduce" + kind, ["x"], axes=[1], keepdims=1), opset=12)
    unary(
        "op_reduce_sum",
        node("ReduceSum", ["x", "a"], keepdims=0),
        constants=[constant("a", i64(1))],
    )
    unary("op_reduce_sum_11", node("ReduceSum", ["x"], axes=[-1]), opset=11)
    for kind in ("ArgMax", "ArgMin"):
        unary("op_" + kind.lower(), node(kind, ["x"], axis=1, keepdims=1), out=INT64)
    unary(
        "op_topk",
        node("TopK", ["x", "k"], ["y", "i"], axis=1, largest=1),
        constants=[constant("k", i64(3))],
    )
    unary(
        "op_topk_least",
        node("TopK", ["x", "k"], ["v", "y"], axis=1, largest=0),
        out=INT64,
        constants=[constant("k", i64(2))],
    )
    unary("op_clip", node("Clip", ["x", "l", "h"]), constants=[constant("l", np.float32(-1)), constant("h", np.float32(0.5))])
    unary("op_transpose", [node("Transpose", ["x"], ["t"], perm=[1, 0]), node("Transpose", ["t"])])
    unary("op_concat", [node("Neg", ["x"], ["n"]), node("Concat", ["x", "n"], axis=1)])
    unary("op_split", [node("Split", ["x"], ["a", "b"], axis=1), node("Mul", ["a", "b"])])
    unary(
        "op_slice",
        node("Slice", ["x", "s", "e", "a", "t"]),
        constants=[
            constant("s", i64(-1)),
            constant("e", i64(-(2**40))),
            constant("a", i64(1)),
            constant("t", i64(-2)),
        ],
    )
    unary("op_gather", node("Gather", ["x", "i"], axis=1), constants=[constant("i", i64(2, -1, 0))])
    unary(
        "op_gather_elements",
        [node("TopK", ["x", "k"], ["v", "i"], axis=1), node("GatherElements", ["x", "i"], axis=1)],
        constants=[constant("k", i64(4))],
    )
    unary(
        "op_squeeze",
        [
            node("Unsqueeze", ["x", "a"], ["u"]),
            node("Squeeze", ["u", "a"], ["q"]),
            node("Flatten", ["q"], axis=1),
        ],
        constants=[constant("a", i64(1))],
    )
    unary(
        "op_shape",
        [
            node("Shape", ["x"], ["s"]),
            node("ConstantOfShape", ["s"], ["z"], value=constant("v", np.array([1.5], np.float32))),
            node("Add", ["x", "z"]),
        ],
    )
    unary(
        "op_expand",
        [
            node("Shape", ["x"], ["s"]),
            node("Expand", ["c", "s"], ["e"]),
            node("Sub", ["x", "e"]),
        ],
        constants=[constant("c", f32(1, 4))],
    )
    unary(
        "op_cast",
        [node("Cast", ["x"], ["i"], to=INT64), node("Cast", ["i"], to=FLOAT)],
    )
    unary("op_constant", [node("Constant", [], ["c"], value_float=2.5), node("Mul", ["x", "c"])])


def networks():
    f32 = lambda *shape: RNG.randn(*shape).astype(np.float32)
    layers = [
        node("MatMul", ["x", "w1"], ["a"]),
        node("Add", ["a", "b1"], ["b"]),
        node("Relu", ["b"], ["c"]),
        node("MatMul", ["c", "w2"], ["d"]),
        node("Add", ["d", "b2"], ["e"]),
        node("Softmax", ["e"], ["scores"], axis=-1),
        node("ArgMax", ["scores"], ["i"], axis=1, keepdims=0),
        ml_node("ArrayFeatureExtractor", ["classes", "i"], ["l"]),
        node("Reshape", ["l", "s"], ["label"]),
    ]
    write(
        "mlp",
        layers,
        [x_input(4)],
        [info("label", INT64, None), info("scores", FLOAT, None, 3)],
        numbers(40, 4),
        [
            constant("w1", f32(4, 8)),
            constant("b1", f32(8)),
            constant("w2", f32(8, 3)),
            constant("b2", f32(3)),
            constant("classes", np.array([10, 20, 30], np.int64)),
            constant("s", np.array([-1], np.int64)),
        ],
    )
    neighbours = [
        helper.make_node("CDist", ["x", "train"], ["d"], domain="com.microsoft", metric="euclidean"),
        node("TopK", ["d", "k"], ["v", "i"], axis=1, largest=0, sorted=1),
        node("Gather", ["targets", "i"], ["r"], axis=0),
        node("ReduceMean", ["r"], ["y"], axes=[1], keepdims=1),
    ]
    write(
        "neighbours",
        neighbours,
        [x_input(4)],
        [info("y", FLOAT, None, 1)],
        numbers(40, 4),
        [
            constant("train", f32(50, 4)),
            constant("k", np.array([5], np.int64)),
            constant("targets", f32(50)),
        ],
        others=["com.microsoft"],
    )
    bayes = [
        node("Unsqueeze", ["x", "one"], ["u"]),
        node("Sub", ["u", "theta"], ["d"]),
        node("Mul", ["d", "d"], ["q"]),
        node("Div", ["q", "sigma"], ["z"]),
        node("ReduceSum", ["z", "last"], ["n"], keepdims=0),
        node("Mul", ["n", "half"], ["h"]),
        node("Add", ["h", "prior"], ["joint"]),
        node("ReduceLogSumExp", ["joint"], ["norm"], axes=[1], keepdims=1),
        node("Sub", ["joint", "norm"], ["log"]),
        node("Exp", ["log"], ["scores"]),
        node("ArgMax", ["scores"], ["label"], axis=1, keepdims=0),
    ]
    write(
        "bayes",
        bayes,
        [x_input(4)],
        [info("label", INT64, None), info("scores", FLOAT, None, 3)],
        numbers(40, 4),
        [
            constant("one", np.array([1], np.int64)),
            constant("last", np.array([2], np.int64)),
            constant("theta", f32(1, 3, 4)),
            constant("sigma", (np.abs(f32(1, 3, 4)) + 0.5)),
            constant("half", np.float32(-0.5)),
            constant("prior", f32(3)),
        ],
    )


def tree_ensemble():
    """Version 5, whose splits and leaves stand apart; needs a newer onnx than 1.12 for its checker only."""
    splits, modes, features, yes, no, yes_leaf, no_leaf, track, roots = ([] for _ in range(9))
    targets, weights = [], []

    def leaf():
        targets.append(RNG.randint(2))
        weights.append(float(RNG.randn()))
        return len(targets) - 1

    def grow(level):
        at = len(splits)
        for column, value in (
            (splits, float(np.float32(RNG.randn()))),
            (modes, RNG.randint(4)),
            (features, RNG.randint(4)),
            (yes, 0),
            (no, 0),
            (yes_leaf, 0),
            (no_leaf, 0),
            (track, RNG.randint(2)),
        ):
            column.append(value)
        for child, is_leaf in ((yes, yes_leaf), (no, no_leaf)):
            if level == 3 or RNG.rand() < 0.2:
                is_leaf[at] = 1
                child[at] = leaf()
            else:
                child[at] = grow(level + 1)
        return at

    for _ in range(8):
        roots.append(grow(0))
    node = ml_node(
        "TreeEnsemble",
        ["x"],
        ["y"],
        n_targets=2,
        aggregate_function=1,
        post_transform=0,
        tree_roots=roots,
        nodes_featureids=features,
        nodes_splits=constant("splits", np.array(splits, np.float32)),
        nodes_modes=constant("modes", np.array(modes, np.uint8)),
        nodes_truenodeids=yes,
        nodes_falsenodeids=no,
        nodes_trueleafs=yes_leaf,
        nodes_falseleafs=no_leaf,
        nodes_missing_value_tracks_true=track,
        leaf_targetids=targets,
        leaf_weights=constant("weights", np.array(weights, np.float32)),
    )
    unary("trees_v5", node, numbers(120, 4, 0.1), ml=5)


regressors()
classifiers()
linear()
svm()
features()
encoders()
columns()
plain()
networks()
tree_ensemble()
