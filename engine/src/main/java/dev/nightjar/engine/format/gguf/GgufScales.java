package dev.nightjar.engine.format.gguf;

import dev.nightjar.engine.format.ModelConfigBuilder;

/**
 * Maps the factors of a model: {@code embedding_scale}, {@code residual_scale}, {@code
 * attention.scale}, {@code logit_scale}; 0 or absent means none. Granite divides logits by the
 * last. Gemma scales embeddings by the root of the hidden size, and its largest models attention
 * scores by the root of hidden size over heads, without saying so.
 */
final class GgufScales {

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
        double logitScale = factor("logit_scale");
        boolean divides = architecture.equals("granite");
        double attentionScale = keys.number("attention.scale", 0);
        if (isGemma && attentionScale == 0 && hasWideScale(numLayers)) {
            attentionScale = 1 / Math.sqrt((double) hiddenSize / numHeads);
        }
        builder.embeddingScale(isGemma ? Math.sqrt(hiddenSize) : factor("embedding_scale"))
                .residualScale(factor("residual_scale"))
                .attentionScale(attentionScale)
                .logitScale(divides ? 1 / logitScale : logitScale);
    }

    private boolean hasWideScale(int numLayers) {
        return architecture.equals("gemma2") && numLayers == GEMMA2_27B_LAYERS
                || architecture.equals("gemma3") && numLayers == GEMMA3_27B_LAYERS;
    }

    private double factor(String suffix) {
        double value = keys.number(suffix, 1);
        return value == 0 ? 1 : value;
    }
}
