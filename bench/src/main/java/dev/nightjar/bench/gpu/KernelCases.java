package dev.nightjar.bench.gpu;

import dev.nightjar.bench.gpu.KernelCase.Kernels;
import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.AttentionMetadata;
import dev.nightjar.kernels.backend.AttentionSpec;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.backend.SelfAttentionSpec;
import dev.nightjar.kernels.backend.Weight;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The ops of a forward pass at odd sizes and at those of a model of eight billion parameters. */
final class KernelCases {

    private static final double F32 = 1e-5;

    /** Both factors rounded to bf16, where tensor cores multiply. */
    private static final double BF16 = 1e-2;

    private static final int BLOCK = 64;

    /** The formats that have kernels of wgmma. */
    private static final List<DType> WGMMA =
            List.of(DType.BF16, DType.F16, DType.Q8_0, DType.Q4_0, DType.Q4_K, DType.Q6_K);

    private static final List<DType> WEIGHTS =
            List.of(
                    DType.BF16,
                    DType.F16,
                    DType.Q8_0,
                    DType.Q4_0,
                    DType.Q4_K,
                    DType.Q6_K,
                    DType.MXFP4);

    private KernelCases() {}

    static List<KernelCase> all() {
        List<KernelCase> cases = new ArrayList<>();
        cases.add(of("embed q8_0", 0, KernelCases::embed, "5 512", "512 4096"));
        cases.add(of("rmsNorm", F32, KernelCases::rmsNorm, "5 333", "512 4096"));
        cases.add(of("addRmsNorm", F32, KernelCases::addRmsNorm, "5 333", "512 4096"));
        cases.add(of("rope", F32, KernelCases::rope, "5 3 64", "512 32 128"));
        cases.add(of("SwiGLU", F32, KernelCases::gate, "5 333", "512 14336"));
        cases.add(of("layerNorm", F32, KernelCases::layerNorm, "5 333", "512 4096"));
        cases.add(of("selfAttention", BF16, KernelCases::encode, "70 3 40 0", "512 12 64 0"));
        cases.add(of("selfAttention long", BF16, KernelCases::encode, "99 2 80 0", "8192 16 64 0"));
        cases.add(
                of(
                        "selfAttention window",
                        BF16,
                        KernelCases::encode,
                        "150 1 128 33",
                        "8192 12 64 64"));
        addExperts(cases);
        for (DType dtype : WEIGHTS) {
            for (int tokens : new int[] {1, 8, 64, 512}) {
                cases.add(product(dtype, tokens, Kernels.USUAL, BF16));
            }
        }
        for (DType dtype : List.of(DType.F16, DType.BF16, DType.Q8_0)) {
            KernelCase.Setup attention = (inputs, sizes) -> attention(dtype, inputs, sizes);
            String name = "attention " + dtype;
            cases.add(
                    of(
                            name + " decode x1",
                            BF16,
                            attention,
                            "1 1 700 6 2 64",
                            "1 1 8192 32 8 128"));
            cases.add(
                    of(
                            name + " decode x16",
                            BF16,
                            attention,
                            "3 1 90 6 2 40",
                            "16 1 8192 32 8 128"));
            cases.add(
                    of(name + " prefill", BF16, attention, "2 37 37 6 2 40", "1 512 512 32 8 128"));
            cases.add(exactAttention(name, attention, " decode x1", "1 1 700 6 2 64", "1 1 8192"));
            cases.add(exactAttention(name, attention, " prefill", "2 37 37 6 2 40", "1 512 512"));
        }
        for (DType dtype : List.of(DType.BF16, DType.Q8_0, DType.Q4_K)) {
            cases.add(product(dtype, 8, Kernels.EXACT, F32));
        }
        for (DType dtype : WGMMA) {
            for (int tokens : new int[] {1, 64, 512}) {
                cases.add(product(dtype, tokens, Kernels.WGMMA, BF16));
            }
        }
        for (float topP : new float[] {0, 0.9f, 1}) {
            String name = topP == 0 ? "sample greedy" : "sample top-p " + topP;
            KernelCase.Setup sample = (in, sizes) -> sample(in, sizes, topP);
            cases.add(of(name, 0, sample, "3 1001", "16 128256"));
        }
        return cases;
    }

    /** Mixtral, Qwen3 and gpt-oss: experts and how many a token uses, rows and columns of one. */
    private static void addExperts(List<KernelCase> cases) {
        for (int tokens : new int[] {1, 64, 512}) {
            int odd = Math.min(tokens, 45);
            cases.add(experts(DType.Q4_K, tokens, "8 2 14336 4096", odd + " 8 2 77 512"));
            cases.add(experts(DType.BF16, tokens, "128 8 1536 2048", odd + " 24 5 67 77"));
            cases.add(experts(DType.MXFP4, tokens, "32 4 5760 2880", odd + " 6 4 65 96"));
        }
    }

    private static KernelCase experts(DType dtype, int tokens, String real, String odd) {
        return of(
                "experts %s x%d".formatted(dtype, tokens),
                BF16,
                (inputs, sizes) -> ExpertCases.multiply(dtype, inputs, sizes),
                odd,
                tokens + " " + real);
    }

    private static KernelCase of(
            String name, double tolerance, KernelCase.Setup setup, String odd, String real) {
        return new KernelCase(name, tolerance, setup, sizes(odd), sizes(real), Kernels.USUAL);
    }

    /** Many tokens are more than one tile of any kernel. */
    private static KernelCase product(DType dtype, int tokens, Kernels kernels, double tolerance) {
        return new KernelCase(
                "matmul %s x%d%s".formatted(dtype, tokens, word(kernels)),
                tolerance,
                (inputs, sizes) -> matmul(dtype, inputs, sizes),
                sizes((tokens > 64 ? 133 : Math.min(tokens, 61)) + " 77 512"),
                sizes(tokens + " 14336 4096"),
                kernels);
    }

    private static KernelCase exactAttention(
            String name, KernelCase.Setup setup, String what, String odd, String real) {
        return new KernelCase(
                name + what + word(Kernels.EXACT),
                F32,
                setup,
                sizes(odd),
                sizes(real + " 32 8 128"),
                Kernels.EXACT);
    }

    private static String word(Kernels kernels) {
        return kernels == Kernels.USUAL ? "" : " " + kernels.name().toLowerCase(Locale.ROOT);
    }

    private static int[] sizes(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    private static PreparedOp embed(Inputs in, int[] sizes) {
        int T = sizes[0];
        int cols = sizes[1];
        int rows = 1000;
        Weight table =
                in.backend()
                        .prepare(
                                WeightUse.EMBEDDING,
                                List.of(Inputs.tensor(DType.Q8_0, 1, rows, cols)));
        var ids = in.index(IntStream.range(0, T).map(t -> t * 37 % rows).toArray());
        Matrix out = in.zeros(T, cols);
        long bytes = T * (DType.Q8_0.bytesFor(cols) + 4L * cols);
        return new PreparedOp(() -> in.backend().embed(table, ids, T, out), out, T, bytes, 0);
    }

    private static PreparedOp rmsNorm(Inputs in, int[] sizes) {
        int T = sizes[0];
        int cols = sizes[1];
        Matrix x = in.random(T, cols, 1);
        Matrix out = in.zeros(T, cols);
        Weight weight = in.vector(cols, 2);
        return new PreparedOp(
                () -> in.backend().rmsNorm(x, weight, 1e-5f, T, out), out, T, 8L * T * cols, 0);
    }

    private static PreparedOp layerNorm(Inputs in, int[] sizes) {
        int T = sizes[0];
        int cols = sizes[1];
        Matrix x = in.random(T, cols, 1);
        Matrix out = in.zeros(T, cols);
        Weight weight = in.vector(cols, 2);
        Weight bias = in.vector(cols, 3);
        return new PreparedOp(
                () -> in.backend().layerNorm(x, weight, bias, 1e-5f, T, out),
                out,
                T,
                8L * T * cols,
                0);
    }

    /** The sum is written to a copy, so that it may run again. */
    private static PreparedOp addRmsNorm(Inputs in, int[] sizes) {
        int T = sizes[0];
        int cols = sizes[1];
        Matrix x = in.random(T, cols, 1);
        Matrix sum = in.zeros(T, cols);
        Matrix out = in.zeros(T, cols);
        Weight weight = in.vector(cols, 2);
        Runnable run =
                () -> {
                    in.backend().copy(x, T, sum);
                    in.backend().addRmsNorm(sum, x, weight, 1e-5f, T, out);
                };
        return new PreparedOp(run, out, T, 24L * T * cols, 0);
    }

    private static PreparedOp rope(Inputs in, int[] sizes) {
        int T = sizes[0];
        int heads = sizes[1];
        int dim = sizes[2];
        Matrix x = in.random(T, heads * dim, 1);
        Matrix out = in.zeros(T, heads * dim);
        var table =
                new RopeTable(
                        RopeStyle.HALF_SPLIT,
                        dim,
                        in.random(600, dim / 2, 2),
                        in.random(600, dim / 2, 3));
        var positions = in.index(IntStream.range(0, T).toArray());
        Runnable run =
                () -> {
                    in.backend().copy(x, T, out);
                    in.backend().rope(out, heads, table, positions, T);
                };
        return new PreparedOp(run, out, T, 16L * T * heads * dim, 0);
    }

    private static PreparedOp gate(Inputs in, int[] sizes) {
        int T = sizes[0];
        int cols = sizes[1];
        Matrix gateUp = in.random(T, 2 * cols, 1);
        Matrix out = in.zeros(T, cols);
        return new PreparedOp(
                () -> in.backend().activateMultiply(Activation.SILU, gateUp, T, out),
                out,
                T,
                12L * T * cols,
                0);
    }

    private static PreparedOp encode(Inputs in, int[] sizes) {
        int T = sizes[0];
        int window = sizes[3];
        var spec = new SelfAttentionSpec(sizes[1], sizes[2], 0.2f, window);
        int cols = spec.cols();
        Matrix qkv = in.random(T, 3 * cols, 1);
        Matrix out = in.zeros(T, cols);
        var starts = in.index(new int[] {0, T / 3, T});
        Matrix k = qkv.columns(cols, cols);
        Matrix v = qkv.columns(2 * cols, cols);
        Runnable run =
                () ->
                        in.backend()
                                .selfAttention(qkv.columns(0, cols), k, v, spec, starts, 2, T, out);
        long pairs =
                window == 0
                        ? (long) T / 3 * (T / 3) + (long) (T - T / 3) * (T - T / 3)
                        : (long) T * (2 * window + 1);
        return new PreparedOp(run, out, T, 16L * T * cols, 4L * pairs * cols);
    }

    private static PreparedOp matmul(DType dtype, Inputs in, int[] sizes) {
        int T = sizes[0];
        int rows = sizes[1];
        int cols = sizes[2];
        Weight weight = in.matrix(dtype, rows, cols, 1);
        Matrix x = in.random(T, cols, 2);
        Matrix out = in.zeros(T, rows);
        long bytes = dtype.bytesFor((long) rows * cols) + 4L * T * (rows + cols);
        return new PreparedOp(
                () -> in.backend().matmul(weight, x, T, out), out, T, bytes, 2L * T * rows * cols);
    }

    /** Sizes: sequences, rows of each, context, heads, KV heads, elements of a head. */
    private static PreparedOp attention(DType dtype, Inputs in, int[] sizes) {
        int sequences = sizes[0];
        int context = sizes[2];
        var spec = new AttentionSpec(sizes[3], sizes[4], sizes[5], 1 / (float) Math.sqrt(sizes[5]));
        int perSequence = Math.ceilDiv(context, BLOCK);
        var layer = new KvLayerSpec(spec.numKvHeads(), spec.headDim(), dtype);
        Backend backend = in.backend();
        KvStore store =
                backend.allocateKv(new KvSpec(List.of(layer), BLOCK, sequences * perSequence));
        fill(in, store, sequences * perSequence * BLOCK, spec.numKvHeads() * spec.headDim());
        int T = sequences * sizes[1];
        var metadata =
                new AttentionMetadata(
                        in.index(
                                IntStream.rangeClosed(0, sequences)
                                        .map(s -> s * sizes[1])
                                        .toArray()),
                        in.index(IntStream.range(0, sequences).map(s -> context).toArray()),
                        in.index(IntStream.range(0, sequences * perSequence).toArray()),
                        perSequence);
        metadata.commit(sequences);
        Matrix q = in.random(T, spec.numHeads() * spec.headDim(), 3);
        Matrix out = in.zeros(T, spec.numHeads() * spec.headDim());
        long pairs = (long) sequences * sizes[1] * context / (sizes[1] == 1 ? 1 : 2);
        return new PreparedOp(
                () -> backend.attention(q, store, 0, spec, metadata, T, out),
                out,
                T,
                sequences * context * layer.bytesPerToken(),
                4L * pairs * spec.numHeads() * spec.headDim());
    }

    private static void fill(Inputs in, KvStore store, int slots, int cols) {
        int piece = Math.min(slots, 4096);
        Matrix k = in.random(piece, cols, 1);
        Matrix v = in.random(piece, cols, 2);
        for (int first = 0; first < slots; first += piece) {
            int count = Math.min(piece, slots - first);
            int start = first;
            int[] ids = IntStream.range(0, count).map(i -> start + i).toArray();
            in.backend().writeKv(store, 0, k, v, in.index(ids), count);
        }
    }

    /**
     * The chosen tokens as a result, so that they are compared like other numbers.
     *
     * @param topP 0 for the likeliest ones
     */
    private static PreparedOp sample(Inputs in, int[] sizes, float topP) {
        int S = sizes[0];
        Matrix logits = in.random(S, sizes[1], 4);
        Matrix out = in.zeros(S, 1);
        SamplingBatch batch = new SamplingBatch(S);
        Arrays.fill(batch.temperature, topP == 0 ? 0 : 1);
        Arrays.fill(batch.topP, topP);
        float[] tokens = new float[S];
        Runnable run =
                () -> {
                    in.backend().sample(logits, S, batch);
                    for (int s = 0; s < S; s++) {
                        tokens[s] = batch.token[s];
                    }
                    out.buffer().write(0, tokens, 0, S);
                };
        return new PreparedOp(run, out, S, 4L * S * sizes[1], 0);
    }
}
