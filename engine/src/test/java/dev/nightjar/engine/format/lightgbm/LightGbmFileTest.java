package dev.nightjar.engine.format.lightgbm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.Mutations;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A model by hand: a tree with a set and a threshold, one of linear leaves, one of a leaf. */
class LightGbmFileTest {
    private static final String MODEL =
            """
            tree
            version=v4
            num_class=1
            num_tree_per_iteration=1
            label_index=0
            max_feature_idx=1
            objective=regression
            feature_names=size kind
            feature_infos=[0:9] 0:1:3:33
            tree_sizes=1 1 1

            Tree=0
            num_leaves=3
            num_cat=1
            split_feature=1 0
            threshold=0 1.5
            decision_type=1 10
            left_child=-1 -2
            right_child=1 -3
            leaf_value=1 2 4
            leaf_count=5 6 7
            internal_count=18 13
            cat_boundaries=0 2
            cat_threshold=8 2
            is_linear=0
            shrinkage=1

            Tree=1
            num_leaves=2
            num_cat=0
            split_feature=0
            threshold=0
            decision_type=4
            left_child=-1
            right_child=-2
            leaf_value=10 20
            is_linear=1
            leaf_const=0.5 0.25
            num_features=1 2
            leaf_features=1 0 1
            leaf_coeff=2 3 4
            shrinkage=0.1

            Tree=2
            num_leaves=1
            num_cat=0
            leaf_value=100
            shrinkage=1

            end of trees
            """;

    @Test
    void scoresOfEveryBranch() {
        Table rows = Table.of(5, 2, -1, 3, 1.5, 33, 2, 0, Double.NaN, Double.NaN, Double.NaN, 1);
        assertArrayEquals(
                new double[] {
                    1 + 6.5 + 100,
                    1 + (0.25 + 4.5 + 132) + 100,
                    4 + (0.25 + 6) + 100,
                    // Default left by NaN; zero is missing, and the default is right.
                    2 + 20 + 100,
                    2 + 20 + 100
                },
                model(MODEL).predict(rows, PredictionKind.RAW).values());
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertMessage(MODEL.replace("objective=regression", "objective=mine"), "mine");
        assertMessage(MODEL.replace("leaf_value=1 2 4", "leaf_value=1 2"), "leaf_value");
        assertMessage(MODEL.replace("cat_boundaries=0 2", "cat_boundaries=0 9"), "cat_bound");
        assertMessage(MODEL.replace("tree_sizes=1 1 1", "tree_sizes=1 1 1 1"), "4 trees");
        assertMessage(MODEL.replace("right_child=1 -3", "right_child=0 -3"), "node");
    }

    @Test
    void someDamage() {
        Mutations.check(bytes(MODEL), 3000, 1, LightGbmFileTest::readAll);
    }

    @Tag("full")
    @Test
    void aMillionDamages() {
        Mutations.check(bytes(MODEL), 1_000_000, 2, LightGbmFileTest::readAll);
    }

    private static void readAll(byte[] file) {
        TabularModel model = LightGbmFile.read(file, "damaged").booster();
        if (model.numFeatures() < 1000) {
            model.predict(
                    Table.of(1, model.numFeatures(), new double[model.numFeatures()]),
                    PredictionKind.VALUE);
        }
    }

    private static void assertMessage(String text, String part) {
        ModelFormatException refused = assertThrows(ModelFormatException.class, () -> model(text));
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }

    private static TabularModel model(String text) {
        return LightGbmFile.read(bytes(text), "test").booster();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
