package dev.nightjar.engine.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The dimensions of a published decoder, and of a tiny one for tests. */
public enum ModelShape {
    /** Llama-3.2-1B. */
    LLAMA_1B(
            "llama", new Sizes(16, 2048, 8192, 32, 8, 64, 128_256), new Rope(500_000, 131_072, 32)),
    /** Qwen2.5-0.5B. */
    QWEN_0_5B(
            "qwen2", new Sizes(24, 896, 4864, 14, 2, 64, 151_936), new Rope(1_000_000, 32_768, 0)),
    /** SmolLM2-135M. */
    SMOL_135M("llama", new Sizes(30, 576, 1536, 9, 3, 64, 49_152), new Rope(100_000, 8192, 0)),
    /** No published model: small enough for tests, wide enough for every block format. */
    TINY("llama", new Sizes(2, 256, 512, 4, 2, 64, 512), new Rope(10_000, 2048, 0));

    /**
     * The sizes that decide what a model costs.
     *
     * @param numLayers L
     * @param hiddenSize C
     * @param intermediateSize F
     * @param numHeads H
     * @param numKvHeads K
     * @param headDim D
     * @param vocabSize V
     */
    record Sizes(
            int numLayers,
            int hiddenSize,
            int intermediateSize,
            int numHeads,
            int numKvHeads,
            int headDim,
            int vocabSize) {}

    /**
     * Rotary positions.
     *
     * @param theta the base
     * @param maxPositions the context
     * @param scaling Llama 3's factor; 0 for none
     */
    record Rope(double theta, int maxPositions, double scaling) {}

    private final String architecture;
    private final Sizes sizes;
    private final Rope rope;

    ModelShape(String architecture, Sizes sizes, Rope rope) {
        this.architecture = architecture;
        this.sizes = sizes;
        this.rope = rope;
    }

    /**
     * The shape of this name, such as {@code llama-1b}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ModelShape named(String name) {
        return Arrays.stream(values())
                .filter(shape -> shape.shapeName().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "unknown shape '%s'; choose one of %s"
                                                .formatted(name, String.join(", ", names()))));
    }

    /** All names. */
    public static List<String> names() {
        return Arrays.stream(values()).map(ModelShape::shapeName).toList();
    }

    /** How people call it: {@code llama-1b}, {@code qwen-0.5b}. */
    public String shapeName() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", "-").replace('_', '.');
    }

    /** V. */
    public int vocabSize() {
        return sizes.vocabSize();
    }

    String architecture() {
        return architecture;
    }

    Sizes sizes() {
        return sizes;
    }

    Rope rope() {
        return rope;
    }

    /** Qwen2 alone adds to queries, keys and values. */
    boolean hasBiases() {
        return architecture.equals("qwen2");
    }

    double rmsNormEps() {
        return hasBiases() ? 1e-6 : 1e-5;
    }
}
