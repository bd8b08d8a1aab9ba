package dev.nightjar.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.ml.lightgbm.PredictionType;
import dev.nightjar.engine.predict.Predictor;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMBooster.FeatureImportanceType;
import io.github.metarank.lightgbm4j.LGBMDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Boosters that LightGBM trains in this JVM with random parameters, with what it predicts. One
 * output only: lightgbm4j has no room for more.
 */
@Tag("full")
class LightGbmPeerTest {
    private static final int COUNT = 120;
    private static final int ROWS = 400;
    private static final List<String> OBJECTIVES =
            List.of(
                    "regression",
                    "regression_l1",
                    "huber",
                    "quantile",
                    "poisson",
                    "gamma",
                    "tweedie",
                    "binary",
                    "cross_entropy",
                    "regression reg_sqrt=true");

    @TempDir private Path folder;
    private int numValues;
    private int numExact;

    @Test
    void predictsWhatLightGbmDoes() throws Exception {
        for (int i = 0; i < COUNT; i++) {
            check(i);
        }
        System.out.printf(
                "%d models of LightGBM, %d values, %d equal in all bits%n",
                COUNT, numValues, numExact);
    }

    private void check(int i) throws Exception {
        SplittableRandom random = new SplittableRandom(i);
        String objective = OBJECTIVES.get(i % OBJECTIVES.size());
        int columns = 1 + random.nextInt(8);
        boolean hasCategories = random.nextInt(3) == 0;
        double[] rows = rows(random, columns, hasCategories);
        String params = params(random, objective, hasCategories, i);
        try (LGBMDataset data =
                LGBMDataset.createFromMat(rows, ROWS, columns, true, params, null)) {
            data.setField("label", labels(rows, columns, objective));
            try (LGBMBooster booster = LGBMBooster.create(data, params)) {
                int iterations = 1 + random.nextInt(20);
                for (int k = 0; k < iterations && !booster.updateOneIter(); k++) {
                    // one more
                }
                String text = booster.saveModelToString(0, 0, FeatureImportanceType.GAIN);
                Path file = Files.writeString(folder.resolve(i + ".txt"), text);
                // One that has just been trained may crash.
                try (LGBMBooster saved = LGBMBooster.loadModelFromString(text)) {
                    compare(saved, Predictor.open(file), rows, columns, i + " " + params);
                }
            }
        }
    }

    private static double[] rows(SplittableRandom random, int columns, boolean hasCategories) {
        double missing = random.nextBoolean() ? 0.15 : 0;
        double zero = random.nextBoolean() ? 0.2 : 0;
        double[] rows = new double[ROWS * columns];
        for (int i = 0; i < rows.length; i++) {
            rows[i] =
                    hasCategories && i % columns == 0
                            ? random.nextInt(40)
                            : random.nextDouble(-3, 3);
            rows[i] = random.nextDouble() < zero ? 0 : rows[i];
            rows[i] = random.nextDouble() < missing ? Double.NaN : rows[i];
        }
        return rows;
    }

    private static String params(
            SplittableRandom random, String objective, boolean hasCategories, int seed) {
        StringBuilder params = new StringBuilder("objective=" + objective);
        params.append(" verbosity=-1 num_threads=1 min_data_in_leaf=5 seed=").append(seed);
        params.append(" num_leaves=").append(2 + random.nextInt(30));
        params.append(" learning_rate=").append(random.nextDouble(0.05, 0.5));
        boolean isZeroMissing = random.nextBoolean();
        params.append(" use_missing=").append(random.nextInt(4) > 0);
        if (hasCategories) {
            params.append(" categorical_feature=0 min_data_per_group=5 cat_smooth=1");
        }
        boolean isLinear = objective.equals("regression") || objective.equals("binary");
        switch (random.nextInt(4)) {
            case 0 -> params.append(" boosting=dart drop_rate=0.4");
            case 1 -> params.append(" boosting=rf bagging_freq=1 bagging_fraction=0.7");
            case 2 -> {
                isZeroMissing &= !isLinear;
                params.append(isLinear ? " linear_tree=true" : "");
            }
            default -> {
                // plain boosting
            }
        }
        return params.append(" zero_as_missing=").append(isZeroMissing).toString();
    }

    private static float[] labels(double[] rows, int columns, String objective) {
        float[] labels = new float[ROWS];
        for (int r = 0; r < ROWS; r++) {
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                double x = rows[r * columns + c];
                sum += Double.isNaN(x) ? 1 : Math.sin(x);
            }
            labels[r] =
                    switch (objective.split(" ")[0]) {
                        case "poisson", "gamma", "tweedie" -> (float) Math.exp(sum / 2);
                        case "binary", "cross_entropy" -> sum > 0 ? 1 : 0;
                        default -> (float) sum;
                    };
        }
        return labels;
    }

    private void compare(
            LGBMBooster booster, TabularModel model, double[] rows, int columns, String name)
            throws Exception {
        double[] tests = rows.clone();
        if (tests.length > 12) {
            tests[0] = -1;
            tests[columns] = 1000;
            tests[2 * columns] = 1e-36;
            tests[3 * columns] = 0.5;
        }
        Table table = Table.of(ROWS, columns, tests);
        compare(booster, model, table, PredictionType.C_API_PREDICT_RAW_SCORE, 1e-12, name);
        compare(booster, model, table, PredictionType.C_API_PREDICT_NORMAL, 1e-12, name);
    }

    private void compare(
            LGBMBooster booster,
            TabularModel model,
            Table table,
            PredictionType type,
            double tolerance,
            String name)
            throws Exception {
        double[] expected =
                booster.predictForMat(
                        table.numbers(), table.numRows(), table.numColumns(), true, type);
        PredictionKind kind =
                type == PredictionType.C_API_PREDICT_RAW_SCORE
                        ? PredictionKind.RAW
                        : PredictionKind.VALUE;
        double[] found = model.predict(table, kind).values();
        assertEquals(expected.length, found.length, name + " " + kind);
        for (int i = 0; i < found.length; i++) {
            double bound = tolerance * Math.max(1, Math.abs(expected[i]));
            assertEquals(expected[i], found[i], bound, name + " " + kind + " " + i);
            numExact += expected[i] == found[i] ? 1 : 0;
            numValues++;
        }
    }
}
