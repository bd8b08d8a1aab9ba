package dev.nightjar.bench.kernel;

import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tree.TreeKernel;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * What a call has to do at least.
 *
 * @param bytes to be moved between memory and processor
 * @param operations in floating point, a multiply-add being two
 */
record Work(double bytes, double operations) {

    /** Less than third-level caches of servers hold. */
    private static final double CACHED_BYTES = 1 << 24;

    /** Of a benchmark with these parameters, by one thread of JMH. */
    static Work of(BenchmarkParams params) {
        String name = name(params);
        return switch (name.substring(0, name.indexOf('.'))) {
            case "MatmulBenchmark" -> matmul(params);
            case "AttentionBenchmark" -> attention(params);
            case "ElementwiseBenchmark" -> elementwise(name, params);
            case "SamplingBenchmark" -> {
                double logits = number(params, "vocabulary");
                yield new Work(Float.BYTES * 3 * logits, logits);
            }
            case "TreeBenchmark" -> trees(params);
            case "RooflineBenchmark" -> roof(name, params);
            default -> throw new IllegalArgumentException("unknown benchmark " + name);
        };
    }

    /** Class and method, {@code MatmulBenchmark.vector}. */
    static String name(BenchmarkParams params) {
        String[] parts = params.getBenchmark().split("\\.");
        return parts[parts.length - 2] + "." + parts[parts.length - 1];
    }

    private static Work matmul(BenchmarkParams params) {
        double elements = number(params, "rows") * number(params, "cols");
        double tokens = number(params, "tokens");
        double activations = tokens * (number(params, "rows") + number(params, "cols"));
        DType dtype = DType.valueOf(params.getParam("format"));
        return new Work(
                dtype.bytesFor((long) elements) + Float.BYTES * activations, 2 * elements * tokens);
    }

    /** Only what queries see: the last of them all tokens, the one before it one less. */
    private static Work attention(BenchmarkParams params) {
        int[] sizes = AttentionBenchmark.numbers(params.getParam("shape"));
        double sequences = sizes[0];
        double queries = sizes[1];
        double context = sizes[2];
        double bytes = AttentionBenchmark.layer(params.getParam("cache")).bytesPerToken();
        double seen = queries * (context - (queries - 1) / 2);
        double perPair = 4.0 * AttentionBenchmark.HEADS * AttentionBenchmark.HEAD_DIM;
        return new Work(sequences * context * bytes, sequences * seen * perPair);
    }

    /** RMSNorm: a square, a sum, two products. SwiGLU: an exponential counts as one, and four. */
    private static Work elementwise(String name, BenchmarkParams params) {
        double tokens = number(params, "tokens");
        if (name.contains("rmsNorm")) {
            double elements = tokens * number(params, "hidden");
            return new Work(2 * Float.BYTES * elements, 4 * elements);
        }
        double elements = tokens * number(params, "intermediate");
        return new Work(3 * Float.BYTES * elements, 5 * elements);
    }

    /** Keys and splits in, exits out; a comparison at each level for each row. */
    private static Work trees(BenchmarkParams params) {
        double trees = number(params, "trees");
        double levels = number(params, "levels");
        double rows = TreeKernel.BLOCK_ROWS;
        double splits = trees * (1 << (int) levels) * 2 * Integer.BYTES;
        double keys = Short.BYTES * rows * (TreeBenchmark.COLUMNS + trees);
        return new Work(splits + keys, trees * levels * rows);
    }

    private static Work roof(String name, BenchmarkParams params) {
        double threads = params.getThreads();
        if (name.endsWith("read")) {
            return new Work(threads * number(params, "mebibytes") * (1 << 20), 1);
        }
        double steps = (double) RooflineBenchmark.FMA_STEPS * RooflineBenchmark.FMA_CHAINS;
        return new Work(1, threads * 2 * steps * bits(params) / Float.SIZE);
    }

    /** Width of the vectors of a benchmark. */
    static int bits(BenchmarkParams params) {
        String flag = "-D" + KernelBenchmarks.WIDTH + "=";
        return params.getJvmArgs().stream()
                .filter(argument -> argument.startsWith(flag))
                .map(argument -> Integer.parseInt(argument.substring(flag.length())))
                .reduce((first, last) -> last)
                .orElseGet(KernelBenchmarks::preferredBits);
    }

    /**
     * Whether a call's data may stay in the caches between calls, so that memory is no limit.
     * Matmul and attention go through more than that in turns.
     */
    static boolean isCached(BenchmarkParams params) {
        String name = name(params);
        boolean goesRound = name.startsWith("Matmul") || name.startsWith("Attention");
        return !goesRound && of(params).bytes < CACHED_BYTES;
    }

    private static double number(BenchmarkParams params, String name) {
        return Double.parseDouble(params.getParam(name));
    }
}
