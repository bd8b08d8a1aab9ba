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
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows a second of 500 trees of depth 6 over 100 features beside XGBoost and LightGBM, in turns in
 * one process, and the median time of one row.
 */
@Tag("full")
class TreeSpeedTest {
    private static final int FEATURES = 100;
    private static final int ROWS = 10_000;
    private static final int TREES = 500;
    private static final int ROUNDS = Integer.getInteger("peer.rounds", 9);
    private static final int THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());

    @TempDir private Path folder;
    private final float[] rows = new float[ROWS * FEATURES];
    private final float[] labels = new float[ROWS];

    /** Something that is timed. */
    private interface Work {
        void run() throws Exception;
    }

    @Test
    void rowsPerSecond() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) random.nextGaussian();
        }
        for (int r = 0; r < ROWS; r++) {
            for (int f = 0; f < 10; f++) {
                labels[r] += (float) Math.sin(rows[r * FEATURES + f] * (f + 1));
            }
        }
        Table table = Table.of(ROWS, FEATURES, doubles(rows));
        Table one = Table.of(1, FEATURES, Arrays.copyOf(table.numbers(), FEATURES));
        xgboost(table, one);
        lightGbm(table, one);
    }

    private void xgboost(Table table, Table one) throws Exception {
        DMatrix data = new DMatrix(rows, ROWS, FEATURES, Float.NaN);
        data.setLabel(labels);
        Map<String, Object> params =
                Map.of(
                        "objective",
                        "reg:squarederror",
                        "max_depth",
                        6,
                        "eta",
                        0.1,
                        "tree_method",
                        "hist",
                        "nthread",
                        THREADS);
        Booster booster = XGBoost.train(data, params, TREES, Map.of(), null, null);
        Path file = folder.resolve("model.ubj");
        booster.saveModel(file.toString());
        TabularModel model = Predictor.open(file);
        float[][] expected = booster.inplace_predict(rows, ROWS, FEATURES, Float.NaN);
        double[] found = model.predict(table, PredictionKind.VALUE).values();
        for (int r = 0; r < ROWS; r++) {
            assertEquals(expected[r][0], found[r], 1e-5);
        }
        float[] row = Arrays.copyOf(rows, FEATURES);
        report(
                "XGBoost 3.4",
                () -> booster.inplace_predict(rows, ROWS, FEATURES, Float.NaN),
                () -> model.predict(table, PredictionKind.VALUE),
                () -> booster.inplace_predict(row, 1, FEATURES, Float.NaN),
                () -> model.predict(one, PredictionKind.VALUE));
    }

    private void lightGbm(Table table, Table one) throws Exception {
        String params =
                "objective=regression max_depth=6 num_leaves=64 learning_rate=0.1 verbosity=-1"
                        + " num_threads="
                        + THREADS;
        LGBMDataset data =
                LGBMDataset.createFromMat(table.numbers(), ROWS, FEATURES, true, params, null);
        data.setField("label", labels);
        LGBMBooster booster = LGBMBooster.create(data, params);
        for (int i = 0; i < TREES; i++) {
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
                "LightGBM 4.3",
                () -> booster.predictForMat(table.numbers(), ROWS, FEATURES, true, normal, params),
                () -> model.predict(table, PredictionKind.VALUE),
                () -> booster.predictForMatSingleRow(one.numbers(), normal),
                () -> model.predict(one, PredictionKind.VALUE));
    }

    private static void report(String peer, Work theirs, Work ours, Work theirRow, Work ourRow)
            throws Exception {
        double[] ratios = new double[ROUNDS];
        double best = 0;
        double peerBest = 0;
        for (int i = 0; i < 20; i++) {
            ours.run();
        }
        for (int round = 0; round < ROUNDS; round++) {
            double peerRate = ROWS / seconds(theirs, 5);
            double rate = ROWS / seconds(ours, 5);
            ratios[round] = rate / peerRate;
            best = Math.max(best, rate);
            peerBest = Math.max(peerBest, peerRate);
        }
        Arrays.sort(ratios);
        System.out.printf(
                "%s: %,.0f rows/s, ours %,.0f; ratio %.2f (%.2f to %.2f)%n",
                peer, peerBest, best, ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
        System.out.printf(
                "%s: one row %.1f us, ours %.1f us%n",
                peer, medianMicros(theirRow), medianMicros(ourRow));
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
