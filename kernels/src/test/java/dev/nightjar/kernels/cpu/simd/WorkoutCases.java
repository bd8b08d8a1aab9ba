package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.IndexBuffer;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RelativeBias;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.RowPooling;
import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightLayout;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.cpu.simd.assembled.AssembledProducts;
import dev.nightjar.kernels.cpu.simd.group.GroupFormat;
import dev.nightjar.kernels.cpu.simd.group.GroupFormats;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Every op of the backend, on one thread: each block format in each layout times one row, a few and
 * many, attention over one query and many, everything else on one row and nine.
 */
final class WorkoutCases implements AutoCloseable {

    private static final int[] BATCHES = {1, 2, 5, 8, 32};
    private static final int[] FEW = {1, 9};
    private static final int MOST = 32;

    /** Two groups of rows and a rest; blocks of all formats, more than one. */
    private static final int ROWS = 80;

    private static final int COLS = 512;
    private static final int HEADS = 8;
    private static final int VOCABULARY = 1000;
    private static final int EXPERTS = 4;
    private static final int FAN_OUT = 2;
    private static final int CONTEXT = 80;
    private static final float EPS = 1e-5f;

    private final Backend backend = new VectorBackend(1);
    private final Backend codes =
            new VectorBackend(1, WeightLayout.REPACKED, ActivationPrecision.Q8);
    private final Backend vectors =
            new VectorBackend(1, WeightLayout.REPACKED, ActivationPrecision.Q8, false);
    private final Backend exactVectors =
            new VectorBackend(1, WeightLayout.REPACKED, ActivationPrecision.EXACT, false);
    private final Backend int8 =
            new VectorBackend(1, WeightLayout.REPACKED, ActivationPrecision.INT8);
    private final Backend inPlace =
            new VectorBackend(1, WeightLayout.IN_PLACE, ActivationPrecision.EXACT);
    private final List<KernelWorkout.Case> cases = new ArrayList<>();
    private final List<KvStore> stores = new ArrayList<>();
    private final Matrix x = filled(COLS, 1);
    private final Matrix y = filled(COLS, 2);
    private final Matrix wide = filled(2 * COLS, 3);
    private final Matrix gate = filled(1, 4);
    private final IndexBuffer rows = ids(MOST, 7);
    private final Weight vector = vector(COLS);
    private final Weight headVector = vector(COLS / HEADS);

    /** All of them. */
    List<KernelWorkout.Case> all() {
        for (DType dtype : BlockFormats.known()) {
            matmul(dtype, backend, "");
            matmul(dtype, codes, " of 8 bits");
            if (GroupFormats.of(dtype).flatMap(GroupFormat::codes).isPresent()) {
                matmul(dtype, vectors, " of 8 bits by vectors");
            }
            if (AssembledProducts.of(dtype, ActivationPrecision.EXACT).isPresent()) {
                matmul(dtype, exactVectors, " by vectors");
            }
            matmul(dtype, inPlace, " in place");
            embed(dtype);
        }
        for (int T : FEW) {
            norms(T);
            rows(T);
            activations(T);
            experts(T);
            rope(T);
        }
        matmul(DType.F32, int8, " of int8");
        matmulBias();
        attention();
        selfAttention();
        sampling();
        return cases;
    }

    private void add(String name, Runnable call) {
        cases.add(new KernelWorkout.Case(name, call));
    }

    private void matmul(DType dtype, Backend on, String layout) {
        Tensor tensor = Fixtures.tensor(dtype, 1, ROWS, COLS);
        Weight weight = on.prepare(WeightUse.MATMUL, List.of(tensor));
        Matrix in = Fixtures.matrix(on, COLS, Fixtures.uniform(MOST * COLS, 5));
        Matrix out = Fixtures.zeros(on, MOST, ROWS);
        for (int T : BATCHES) {
            add(
                    "matmul %s T=%d%s".formatted(dtype, T, layout),
                    () -> on.matmul(weight, in, T, out));
        }
    }

    private void matmulBias() {
        Weight weight =
                backend.prepare(
                        WeightUse.MATMUL, List.of(Fixtures.tensor(DType.F32, 1, COLS, COLS)));
        for (int T : BATCHES) {
            add("matmulBias T=" + T, () -> backend.matmulBias(weight, vector, x, T, y));
            add(
                    "matmulActivate T=" + T,
                    () -> backend.matmulActivate(weight, vector, Activation.GELU, x, T, y));
        }
    }

    private void embed(DType dtype) {
        Tensor tensor = Fixtures.tensor(dtype, 2, MOST, COLS);
        Weight table = backend.prepare(WeightUse.EMBEDDING, List.of(tensor));
        add("embed " + dtype, () -> backend.embed(table, rows, 3, y));
    }

    private void norms(int T) {
        add("rmsNorm T=" + T, () -> backend.rmsNorm(x, vector, EPS, T, y));
        add("addRmsNorm T=" + T, () -> backend.addRmsNorm(x, y, vector, EPS, T, y));
        add("layerNorm T=" + T, () -> backend.layerNorm(x, vector, vector, EPS, T, y));
        add("rmsNormHeads T=" + T, () -> backend.rmsNormHeads(y, HEADS, headVector, EPS, T));
        add("layerNormHeads T=" + T, () -> backend.layerNormHeads(y, HEADS, vector, EPS, T));
    }

    private void rows(int T) {
        add("addBias T=" + T, () -> backend.addBias(y, vector, T));
        add("multiply T=" + T, () -> backend.multiply(y, vector, T));
        add("copy T=" + T, () -> backend.copy(x, T, y));
        add("add T=" + T, () -> backend.add(y, x, T));
        add("scale T=" + T, () -> backend.scale(y, 0.5f, T));
        add("clamp T=" + T, () -> backend.clamp(y, 1, T));
        add("softCap T=" + T, () -> backend.softCap(y, 1, T));
        add("sigmoidGate T=" + T, () -> backend.sigmoidGate(y, gate, T));
        add("gatherRows T=" + T, () -> backend.gatherRows(x, rows, T, y));
    }

    private void activations(int T) {
        for (Activation function : Activation.values()) {
            add("activate %s T=%d".formatted(function, T), () -> backend.activate(function, y, T));
            add(
                    "activateMultiply %s T=%d".formatted(function, T),
                    () -> backend.activateMultiply(function, wide, T, y));
        }
        add("clampedGate T=" + T, () -> backend.clampedGate(wide, 1.7f, 7, T, y));
    }

    private void experts(int T) {
        Matrix logits = filled(EXPERTS, 6);
        Matrix weights = Fixtures.zeros(backend, MOST, FAN_OUT);
        IndexBuffer chosen = ids(MOST * FAN_OUT, EXPERTS);
        for (var scoring : ExpertRouting.Scoring.values()) {
            ExpertRouting routing =
                    new ExpertRouting(
                            EXPERTS, FAN_OUT, scoring, ExpertRouting.Weights.NORMALIZED, 1, 1, 1);
            add(
                    "routeExperts %s T=%d".formatted(scoring, T),
                    () ->
                            backend.routeExperts(
                                    logits, routing, Optional.empty(), T, chosen, weights));
        }
        Matrix spread = Fixtures.zeros(backend, MOST * FAN_OUT, COLS);
        for (DType dtype : List.of(DType.Q4_0, DType.Q6_K, DType.MXFP4)) {
            Weight experts =
                    backend.prepareExperts(
                            IntStream.range(0, EXPERTS)
                                    .mapToObj(e -> List.of(Fixtures.tensor(dtype, e, COLS, COLS)))
                                    .toList());
            add(
                    "expertMatmul %s T=%d".formatted(dtype, T),
                    () -> backend.expertMatmul(experts, chosen, FAN_OUT, x, T * FAN_OUT, spread));
        }
        Tensor table = Fixtures.tensor(DType.F32, 8, EXPERTS, COLS);
        Weight bias = backend.prepare(WeightUse.EMBEDDING, List.of(table));
        add("addExpertBias T=" + T, () -> backend.addExpertBias(spread, bias, chosen, T * FAN_OUT));
        add("combineExperts T=" + T, () -> backend.combineExperts(spread, weights, T, y));
    }

    private void rope(int T) {
        for (RopeStyle style : RopeStyle.values()) {
            RopeTable table = ropeTable(style);
            add("rope %s T=%d".formatted(style, T), () -> backend.rope(y, HEADS, table, rows, T));
        }
    }

    private RopeTable ropeTable(RopeStyle style) {
        int headDim = COLS / HEADS;
        return new RopeTable(style, headDim, filled(headDim / 2, 9), filled(headDim / 2, 10));
    }

    private void attention() {
        AttentionSpec plain = new AttentionSpec(HEADS, HEADS / 4, COLS / HEADS, 0.125f);
        AttentionSpec ruled =
                plain.withWindow(50)
                        .withSoftCap(20)
                        .withSlopes(vector(HEADS))
                        .withSinks(vector(HEADS));
        for (DType dtype : List.of(DType.F16, DType.F32)) {
            attention("attention " + dtype, plain, dtype);
            attention("attention with all rules " + dtype, ruled, dtype);
        }
    }

    private void attention(String name, AttentionSpec spec, DType dtype) {
        AttentionSetting setting = AttentionSetting.of(spec, dtype, 32, CONTEXT);
        KvStore store = setting.poisoned(backend);
        stores.add(store);
        setting.step(
                backend,
                store,
                new int[] {0},
                new int[] {CONTEXT},
                new float[CONTEXT * setting.outCols()]);
        Matrix k = filled(setting.keyCols(), 11);
        Matrix v = filled(setting.valueCols(), 12);
        int layer = AttentionSetting.LAYER;
        RopeTable table = ropeTable(RopeStyle.values()[0]);
        for (int T : new int[] {1, 3, MOST}) {
            var metadata = setting.metadata(backend, new int[] {0, T}, new int[] {CONTEXT});
            int[] slots =
                    IntStream.range(0, T).map(t -> setting.slot(0, CONTEXT - T + t)).toArray();
            IndexBuffer written = Fixtures.index(backend, slots);
            add("writeKv for " + name, () -> backend.writeKv(store, layer, k, v, written, T));
            add(
                    "ropeWriteKv for " + name,
                    () -> backend.ropeWriteKv(store, layer, k, table, rows, v, written, T));
            add(
                    "%s T=%d".formatted(name, T),
                    () -> backend.attention(x, store, layer, spec, metadata, T, y));
        }
        add("copyKv for " + name, () -> backend.copyKv(store, 0, 1, 20));
    }

    private void selfAttention() {
        Matrix keys = wide.columns(0, COLS);
        Matrix values = wide.columns(COLS, COLS);
        IndexBuffer whole = Fixtures.index(backend, 0, 9, MOST);
        add("meanRows", () -> backend.meanRows(x, whole, 2, MOST, y));
        IndexBuffer skipped = Fixtures.index(backend, 0, 2);
        for (RowPooling how : RowPooling.values()) {
            add("poolRows " + how, () -> backend.poolRows(how, x, whole, skipped, 2, MOST, y));
        }
        for (int window : new int[] {0, 5}) {
            var plain = new SelfAttentionSpec(HEADS, COLS / HEADS, 0.125f, window);
            var bias = new RelativeBias(Fixtures.zeros(backend, HEADS, 9), 4);
            for (SelfAttentionSpec spec : List.of(plain, plain.withBias(bias))) {
                selfAttention(spec, keys, values);
            }
        }
    }

    private void selfAttention(SelfAttentionSpec spec, Matrix keys, Matrix values) {
        String bias = spec.bias().isPresent() ? " with bias" : "";
        for (int T : new int[] {1, MOST}) {
            IndexBuffer starts = Fixtures.index(backend, 0, T / 3, T);
            add(
                    "selfAttention window %d T=%d%s".formatted(spec.window(), T, bias),
                    () -> backend.selfAttention(x, keys, values, spec, starts, 2, T, y));
        }
    }

    private void sampling() {
        Matrix source = filled(VOCABULARY, 13);
        Matrix logits = filled(VOCABULARY, 14);
        for (String how : List.of("greedy", "drawn", "filtered")) {
            SamplingBatch batch = new SamplingBatch(2);
            for (int row = 0; row < 2; row++) {
                batch.temperature[row] = how.equals("greedy") ? 0 : 0.8f;
                batch.repetitionPenalty[row] = 1.1f;
                batch.topCount[row] = 3;
                if (how.equals("filtered")) {
                    batch.topK[row] = 40;
                    batch.typicalP[row] = 0.95f;
                    batch.topP[row] = 0.9f;
                    batch.minP[row] = 0.01f;
                }
            }
            add(
                    "sample " + how,
                    () -> {
                        backend.copy(source, 2, logits);
                        backend.sample(logits, 2, batch);
                    });
        }
    }

    private Matrix filled(int cols, long seed) {
        return Fixtures.matrix(backend, cols, Fixtures.uniform(MOST * cols, seed));
    }

    private IndexBuffer ids(int count, int bound) {
        return Fixtures.index(
                backend, IntStream.range(0, count).map(i -> (i * 5 + 1) % bound).toArray());
    }

    private Weight vector(int size) {
        return backend.prepare(
                WeightUse.VECTOR, List.of(Fixtures.tensor(DType.F32, size, 1L * size)));
    }

    @Override
    public void close() {
        stores.forEach(KvStore::close);
        backend.close();
        codes.close();
        exactVectors.close();
        vectors.close();
        int8.close();
        inPlace.close();
    }
}
