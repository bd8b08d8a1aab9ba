package dev.nightjar.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows a second of ensembles over 100 features beside XGBoost and LightGBM, in turns in one
 * process, and the median time of one row. The first shape is the one that there is a promise
 * about: 500 trees of depth 6.
 */
@Tag("full")
class TreeSpeedTest {
    private static final int FEATURES = 100;
    private static final int ROWS = 10_000;
    private static final int ROUNDS = Integer.getInteger("peer.rounds", 9);
    private static final int THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());

    @TempDir private Path folder;
    private final float[] rows = new float[ROWS * FEATURES];
    private final float[] labels = new float[ROWS];
    private Table table;
    private Table one;

    /** Something that is timed. */
    private interface Work {
        void run() throws Exception;
    }

    @BeforeEach
    void makeRows() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) random.nextGaussian();
        }
        for (int r = 0; r < ROWS; r++) {
            for (int f = 0; f < 10; f++) {
                labels[r] += (float) Math.sin(rows[r * FEATURES + f] * (f + 1));
            }
        }
        table = Table.of(ROWS, FEATURES, doubles(rows));
        one = Table.of(1, FEATURES, Arrays.copyOf(table.numbers(), FEATURES));
    }

    @Test
    void rowsPerSecond() throws Exception {
        xgboost("500 trees of depth 6", 500, "max_depth=6", 1);
        lightGbm("500 trees of depth 6", 500, "max_depth=6 num_leaves=64");
    }

    @Test
    void rowsPerSecondOfOtherShapes() throws Exception {
        xgboost("500 trees of depth 3", 500, "max_depth=3", 1);
        xgboost("500 trees of depth 8", 500, "max_depth=8", 1);
        xgboost("100 trees of depth 20", 100, "max_depth=20", 1);
        xgboost("100 rounds of 5 classes, depth 6", 100, "max_depth=6", 5);
        lightGbm("500 trees of 255 leaves", 500, "num_leaves=255");
        lightGbm("100 trees of depth 20", 100, "max_depth=20 num_leaves=4000 min_data_in_leaf=1");
    }

    private void xgboost(String shape, int numTrees, String depth, int numClasses)
            throws Exception {
        DMatrix data = new DMatrix(rows, ROWS, FEATURES, Float.NaN);
        Map<String, Object> params = new HashMap<>();
        params.put("objective", "reg:squarederror");
        params.put("eta", 0.1);
        params.put("tree_method", "hist");
        params.put("nthread", THREADS);
        params.put("max_depth", Integer.parseInt(depth.split("=")[1]));
        float[] targets = labels.clone();
        if (numClasses > 1) {
            params.put("objective", "multi:softprob");
            params.put("num_class", numClasses);
            for (int r = 0; r < ROWS; r++) {
                targets[r] = (int) Math.abs(labels[r] * 2) % numClasses;
            }
        }
        data.setLabel(targets);
        Booster booster = XGBoost.train(data, params, numTrees, Map.of(), null, null);
        Path file = folder.resolve("model.ubj");
        booster.saveModel(file.toString());
        TabularModel model = Predictor.open(file);
        float[][] expected = booster.inplace_predict(rows, ROWS, FEATURES, Float.NaN);
        double[] found = model.predict(table, PredictionKind.VALUE).values();
        for (int i = 0; i < found.length; i++) {
            assertEquals(expected[i / numClasses][i % numClasses], found[i], 1e-5);
        }
        float[] row = Arrays.copyOf(rows, FEATURES);
        report(
                shape + ", XGBoost 3.4",
                () -> booster.inplace_predict(rows, ROWS, FEATURES, Float.NaN),
                () -> model.predict(table, PredictionKind.VALUE),
                () -> booster.inplace_predict(row, 1, FEATURES, Float.NaN),
                () -> model.predict(one, PredictionKind.VALUE));
    }

    private void lightGbm(String shape, int numTrees, String limits) throws Exception {
        String params =
                "objective=regression learning_rate=0.1 verbosity=-1 num_threads=%d %s"
                        .formatted(THREADS, limits);
        LGBMDataset data =
                LGBMDataset.createFromMat(table.numbers(), ROWS, FEATURES, true, params, null);
        data.setField("label", labels);
        LGBMBooster booster = LGBMBooster.create(data, params);
        for (int i = 0; i < numTrees; i++) {
            booster.updateOneIter();
        }
        Path file = folder.resolve("model.txt");
        Files.writeString(file, booster.saveModelToString(0, 0, FeatureImportanceType.GAIN));
        TabularModel model = Predictor.open(file);
        PredictionType normal = PredictionType.C_API_PREDICT_NORMAL;
        double[] expected =
                booster.predictForMat(table.numbers(), ROWS, FEATURES, true, normal, params);
        assertTrue(
                Arrays.equals(expected, model.predict(table, PredictionKind.VALUE).values()),
                "equal in all bits");
        report(
                shape + ", LightGBM 4.3",
                () -> booster.predictForMat(table.numbers(), ROWS, FEATURES, true, normal, params),
                () -> model.predict(table, PredictionKind.VALUE),
                () -> booster.predictForMatSingleRow(one.numbers(), normal),
                () -> model.predict(one, PredictionKind.VALUE));
    }

    private static void report(String peer, Work theirs, Work ours, Work theirRow, Work ourRow)
            throws Exception {
        double[] ratios = new double[ROUNDS];
        double[] rates = new double[ROUNDS];
        double[] peerRates = new double[ROUNDS];
        for (int i = 0; i < 100; i++) {
            ours.run();
        }
        for (int round = 0; round < ROUNDS; round++) {
            peerRates[round] = ROWS / seconds(theirs, 3);
            rates[round] = ROWS / seconds(ours, 3);
            ratios[round] = rates[round] / peerRates[round];
        }
        System.out.printf(
                "%s: %,.0f rows/s, ours %,.0f; ratio %.2f (%.2f to %.2f)%n",
                peer,
                median(peerRates),
                median(rates),
                median(ratios),
                ratios[0],
                ratios[ROUNDS - 1]);
        System.out.printf(
                "%s: one row %.1f us, ours %.1f us%n",
                peer, medianMicros(theirRow), medianMicros(ourRow));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static double seconds(Work work, int times) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return (System.nanoTime() - start) / 1e9 / times;
    }

    private static double medianMicros(Work work) throws Exception {
        double[] times = new double[4001];
        for (int i = 0; i < 10_000; i++) {
            work.run();
        }
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            work.run();
            times[i] = (System.nanoTime() - start) / 1e3;
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }
}
