package dev.nightjar.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.predict.Predictor;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boosters that a current XGBoost trains in this JVM with random parameters. */
@Tag("full")
class XgboostPeerTest {
    private static final int COUNT = 60;
    private static final int ROWS = 300;
    private static final List<String> OBJECTIVES =
            List.of(
                    "reg:squarederror",
                    "binary:logistic",
                    "binary:logitraw",
                    "count:poisson",
                    "reg:gamma",
                    "multi:softprob",
                    "multi:softmax",
                    "reg:absoluteerror",
                    "binary:hinge",
                    "reg:tweedie");

    @TempDir private Path folder;

    @Test
    void predictsWhatXgboostDoes() throws Exception {
        for (int i = 0; i < COUNT; i++) {
            check(i);
        }
        System.out.println(COUNT + " models of XGBoost 3");
    }

    private void check(int i) throws Exception {
        SplittableRandom random = new SplittableRandom(i);
        int columns = 1 + random.nextInt(8);
        String objective = OBJECTIVES.get(i % OBJECTIVES.size());
        float[] rows = new float[ROWS * columns];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = random.nextInt(8) == 0 ? Float.NaN : (float) random.nextDouble(-3, 3);
        }
        // Every second model of classes has trees whose leaves are vectors.
        boolean isVector = i / OBJECTIVES.size() % 2 == 0;
        DMatrix data = new DMatrix(rows, ROWS, columns, Float.NaN);
        Map<String, Object> params = params(random, objective, i, isVector);
        data.setLabel(labels(rows, columns, objective));
        Booster booster = XGBoost.train(data, params, 1 + random.nextInt(20), Map.of(), null, null);
        Path file = folder.resolve(i + (i % 2 == 0 ? ".json" : ".ubj"));
        booster.saveModel(file.toString());
        TabularModel model = Predictor.open(file);
        double[] doubles = new double[rows.length];
        for (int k = 0; k < rows.length; k++) {
            doubles[k] = rows[k];
        }
        Table table = Table.of(ROWS, columns, doubles);
        String name = i + " " + params;
        // Predictions of what it was trained on are kept from the training.
        DMatrix tests = new DMatrix(rows, ROWS, columns, Float.NaN);
        compare(booster.predict(tests), model, table, PredictionKind.VALUE, 2e-6, name);
        compare(booster.predict(tests, true), model, table, PredictionKind.RAW, 2e-6, name);
        compare(
                booster.predictContrib(tests, 0),
                model,
                table,
                PredictionKind.CONTRIBUTIONS,
                1e-5,
                name);
    }

    private static Map<String, Object> params(
            SplittableRandom random, String objective, int seed, boolean isVector) {
        Map<String, Object> params = new HashMap<>();
        params.put("objective", objective);
        params.put("booster", random.nextInt(4) == 0 ? "dart" : "gbtree");
        params.put("max_depth", 1 + random.nextInt(7));
        params.put("eta", random.nextDouble(0.05, 0.6));
        params.put("nthread", 1);
        params.put("seed", seed);
        params.put("min_child_weight", 0.1);
        if (params.get("booster").equals("dart")) {
            params.put("rate_drop", 0.3);
        }
        if (objective.startsWith("multi:")) {
            params.put("num_class", 3);
            if (isVector) {
                params.put("multi_strategy", "multi_output_tree");
                params.put("booster", "gbtree");
                params.put("tree_method", "hist");
            }
        }
        if (random.nextBoolean()) {
            params.put("base_score", random.nextDouble(0.2, 0.8));
        }
        return params;
    }

    private static float[] labels(float[] rows, int columns, String objective) {
        float[] labels = new float[ROWS];
        for (int r = 0; r < ROWS; r++) {
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                float x = rows[r * columns + c];
                sum += Float.isNaN(x) ? 1 : Math.sin(x);
            }
            labels[r] =
                    switch (objective) {
                        case "count:poisson", "reg:gamma", "reg:tweedie" ->
                                (float) Math.exp(sum / 2);
                        case "binary:logistic", "binary:logitraw", "binary:hinge" ->
                                sum > 0 ? 1 : 0;
                        case "multi:softprob", "multi:softmax" -> (int) Math.abs(sum * 3) % 3;
                        default -> (float) sum;
                    };
        }
        return labels;
    }

    private static void compare(
            float[][] expected,
            TabularModel model,
            Table table,
            PredictionKind kind,
            double tolerance,
            String name) {
        double[] found = model.predict(table, kind).values();
        int width = expected[0].length;
        assertEquals(ROWS * width, found.length, name + " " + kind);
        for (int i = 0; i < found.length; i++) {
            float value = expected[i / width][i % width];
            double bound = tolerance * Math.max(1, Math.abs(value));
            assertEquals(value, found[i], bound, name + " " + kind + " " + i);
        }
    }
}
