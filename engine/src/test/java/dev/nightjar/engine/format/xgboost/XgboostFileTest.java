package dev.nightjar.engine.format.xgboost;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Models by hand, in the spellings of several versions. */
class XgboostFileTest {

    /** Two trees: x0 < 0.5 goes left; categories 1 and 3 of x1 go right. */
    static final String MODEL =
            """
            {"learner": {"attributes": {"best_iteration": "0", "scikit_learn":
              "{\\"_estimator_type\\": \\"classifier\\"}"},
            "feature_names": ["size", "kind"], "feature_types": ["float", "c"],
            "gradient_booster": {"name": "gbtree", "model": {
              "gbtree_model_param": {"num_parallel_tree": "1", "num_trees": "2"},
              "tree_info": [0, 0], "trees": [
              {"tree_param": {"num_nodes": "3", "size_leaf_vector": "1"},
               "left_children": [1, -1, -1], "right_children": [2, -1, -1],
               "split_indices": [0, 0, 0], "split_conditions": [5E-1, -1.5, 2.5E-1],
               "default_left": [true, false, false], "sum_hessian": [4, 1, 3]},
              {"tree_param": {"num_nodes": "3"},
               "left_children": [1, -1, -1], "right_children": [2, -1, -1],
               "split_indices": [1, 0, 0], "split_conditions": [NaN, 1, 2],
               "default_left": [0, 0, 0], "split_type": [1, 0, 0], "categories": [1, 3],
               "categories_nodes": [0], "categories_segments": [0], "categories_sizes": [2],
               "sum_hessian": [4, 2, 2]}]}},
            "learner_model_param": {"base_score": "[5E-1]", "num_class": "0",
              "num_feature": "2", "num_target": "1"},
            "objective": {"name": "binary:logistic"}}, "version": [3, 1, 0]}
            """;

    private static final Table ROWS =
            Table.of(5, 2, 0, 0, 0.5, 1, Double.NaN, 3, 0.6, Double.NaN, 0.4999, -1);

    @Test
    void rawScoresOfEveryBranch() {
        Predictions scores = model(MODEL).predict(ROWS, PredictionKind.RAW);
        assertArrayEquals(new double[] {-0.5, 2.25, 0.5, 2.25, -0.5}, scores.values());
    }

    @Test
    void probabilitiesLeavesAndLabels() {
        TabularModel model = model(MODEL);
        Predictions probabilities = model.predict(ROWS, PredictionKind.PROBABILITY);
        assertEquals(2, probabilities.width());
        assertEquals(1 / (1 + Math.exp(0.5)), probabilities.value(0, 1), 1e-7);
        assertArrayEquals(
                new double[] {1, 1, 2, 2, 1, 2, 2, 2, 1, 1},
                model.predict(ROWS, PredictionKind.LEAVES).values());
        XgboostFile file = XgboostFile.read(MODEL.getBytes(StandardCharsets.UTF_8), "test");
        assertTrue(file.isClassifier());
        // The wrapper stops at the best iteration, and gives labels.
        assertArrayEquals(
                new double[] {0, 1, 0, 1, 0},
                file.estimator().predict(ROWS, PredictionKind.VALUE).values());
        assertEquals("XGBoost gbtree, binary:logistic", model.description());
    }

    @Test
    void olderSpellingsMeanTheSame() {
        String old = MODEL.replace("\"[5E-1]\"", "\"0.5\"").replace(", \"num_target\": \"1\"", "");
        assertArrayEquals(
                model(MODEL).predict(ROWS, PredictionKind.VALUE).values(),
                model(old).predict(ROWS, PredictionKind.VALUE).values());
    }

    @Test
    void treesAreWeightedInOldAndNewSpelling() {
        double[] expected = {-0.25, 1.125, 0.25, 1.125, -0.25};
        String now = MODEL.replace("\"tree_info\"", "\"weight_drop\": [0.5, 0.5], \"tree_info\"");
        assertArrayEquals(expected, model(now).predict(ROWS, PredictionKind.RAW).values());
        String before =
                MODEL.replace(
                                "{\"name\": \"gbtree\", \"model\"",
                                "{\"name\": \"dart\", \"weight_drop\": [0.5, 0.5],"
                                        + " \"gbtree\": {\"model\"")
                        .replace(
                                "\"sum_hessian\": [4, 2, 2]}]}},",
                                "\"sum_hessian\": [4, 2, 2]}]}}},");
        assertArrayEquals(expected, model(before).predict(ROWS, PredictionKind.RAW).values());
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertMessage(MODEL.replace("gbtree\", \"model", "forest\", \"model"), "forest");
        assertMessage(MODEL.replace("binary:logistic", "my:loss"), "my:loss");
        assertMessage(MODEL.replace("\"split_indices\": [1", "\"split_indices\": [2"), "feature");
        assertMessage(MODEL.replace("[1, -1, -1], \"right", "[1, -1], \"right"), "left_children");
        assertMessage(MODEL.replace("\"kind\"]", "\"kind\", \"x\"]"), "feature_names");
    }

    private static void assertMessage(String text, String part) {
        ModelFormatException refused = assertThrows(ModelFormatException.class, () -> model(text));
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }

    private static TabularModel model(String text) {
        return XgboostFile.read(text.getBytes(StandardCharsets.UTF_8), "test").booster();
    }
}
