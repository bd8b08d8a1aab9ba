package dev.nightjar.engine.format.gguf;

import dev.nightjar.engine.format.ModelConfigBuilder;

/**
 * Maps the factors of a model: {@code embedding_scale}, {@code residual_scale}, {@code
 * attention.scale}, {@code logit_scale}; 0 or absent means none. Granite divides logits by the
 * last. Gemma scales embeddings by the root of the hidden size, and its largest models attention
 * scores by the root of hidden size over heads, without saying so.
 */
final class GgufScales {

    private static final double MINICPM_EMBEDDING = 12;
    private static final double MINICPM_DEPTH = 1.4;
    private static final double MINICPM_BASE = 256;
    private static final int GEMMA2_27B_LAYERS = 46;
    private static final int GEMMA3_27B_LAYERS = 62;

    private final GgufKeys keys;
    private final String architecture;

    GgufScales(GgufKeys keys, String architecture) {
        this.keys = keys;
        this.architecture = architecture;
    }

    void read(ModelConfigBuilder builder, int hiddenSize, int numLayers, int numHeads) {
        boolean isGemma = architecture.startsWith("gemma");
        boolean isMiniCpm = architecture.equals("minicpm");
        boolean divides = isMiniCpm || architecture.startsWith("granite");
        double logitScale = factor("logit_scale", isMiniCpm ? hiddenSize / MINICPM_BASE : 1);
        double attentionScale = keys.number("attention.scale", 0);
        if (isGemma && attentionScale == 0 && hasWideScale(numLayers)) {
            attentionScale = 1 / Math.sqrt((double) hiddenSize / numHeads);
        }
        double embeddingScale = factor("embedding_scale", isMiniCpm ? MINICPM_EMBEDDING : 1);
        double residualScale =
                factor("residual_scale", isMiniCpm ? MINICPM_DEPTH / Math.sqrt(numLayers) : 1);
        builder.embeddingScale(isGemma ? Math.sqrt(hiddenSize) : embeddingScale)
                .residualScale(residualScale)
                .attentionScale(attentionScale)
                .logitScale(divides ? 1 / logitScale : logitScale);
    }

    private boolean hasWideScale(int numLayers) {
        return architecture.equals("gemma2") && numLayers == GEMMA2_27B_LAYERS
                || architecture.equals("gemma3") && numLayers == GEMMA3_27B_LAYERS;
    }

    private double factor(String suffix, double absent) {
        double value = keys.number(suffix, absent);
        return value == 0 ? 1 : value;
    }
}
