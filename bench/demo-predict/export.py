"""Writes boosted trees as XGBoost's JSON, version 2.0: only what its readers ask for."""

import json


def tree(root, number, num_features):
    nodes, parents = [], []
    queue = [(root, 2147483647)]
    while queue:
        node, parent = queue.pop(0)
        parents.append(parent)
        nodes.append(node)
        if node.left:
            queue += [(node.left, len(nodes) - 1), (node.right, len(nodes) - 1)]
    place = {id(node): i for i, node in enumerate(nodes)}
    sets = [(i, sorted(n.categories)) for i, n in enumerate(nodes) if n.categories]
    starts, flat = [], []
    for _, categories in sets:
        starts.append(len(flat))
        flat += categories
    return {
        "base_weights": [n.weight for n in nodes],
        "categories": flat,
        "categories_nodes": [i for i, _ in sets],
        "categories_segments": starts,
        "categories_sizes": [len(c) for _, c in sets],
        "default_left": [1 if n.left and n.missing_left else 0 for n in nodes],
        "id": number,
        "left_children": [place[id(n.left)] if n.left else -1 for n in nodes],
        "loss_changes": [round(n.gain, 3) for n in nodes],
        "parents": parents,
        "right_children": [place[id(n.right)] if n.left else -1 for n in nodes],
        "split_conditions": [n.threshold if n.left else n.weight for n in nodes],
        "split_indices": [max(0, n.column) for n in nodes],
        "split_type": [1 if n.categories else 0 for n in nodes],
        "sum_hessian": [round(n.hessian, 2) for n in nodes],
        "tree_param": {
            "num_deleted": "0",
            "num_feature": str(num_features),
            "num_nodes": str(len(nodes)),
            "size_leaf_vector": "1",
        },
    }


def model(trees, base, names, types):
    return {
        "learner": {
            "attributes": {},
            "feature_names": names,
            "feature_types": types,
            "gradient_booster": {
                "model": {
                    "gbtree_model_param": {
                        "num_parallel_tree": "1",
                        "num_trees": str(len(trees)),
                    },
                    "iteration_indptr": list(range(len(trees) + 1)),
                    "tree_info": [0] * len(trees),
                    "trees": [tree(t, i, len(names)) for i, t in enumerate(trees)],
                },
                "name": "gbtree",
            },
            "learner_model_param": {
                "base_score": "%.6E" % base,
                "boost_from_average": "1",
                "num_class": "0",
                "num_feature": str(len(names)),
                "num_target": "1",
            },
            "objective": {
                "name": "binary:logistic",
                "reg_loss_param": {"scale_pos_weight": "1"},
            },
        },
        "version": [2, 0, 0],
    }


def write(path, *parts):
    with open(path, "w", encoding="ascii") as out:
        json.dump(model(*parts), out, separators=(",", ":"))
        out.write("\n")
