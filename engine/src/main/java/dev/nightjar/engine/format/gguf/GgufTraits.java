package dev.nightjar.engine.format.gguf;

import dev.nightjar.kernels.backend.Activation;
import dev.nightjar.kernels.backend.ExpertRouting.Weights;
import dev.nightjar.kernels.backend.RopeStyle;

/**
 * What an architecture implies and its GGUF files do not say, because the engine that defined the
 * format knows it by the architecture's name.
 *
 * @param rope which elements its rotary embedding pairs, given how its weights are stored
 * @param positions how tokens know where they stand
 * @param activation of its feed-forward layers
 * @param window which layers have the sliding window that a file states: every how many layers one
 *     does not; 0 if all have it
 * @param expertWeights what the weights of chosen experts are
 */
record GgufTraits(
        RopeStyle rope,
        Positions positions,
        Activation activation,
        int window,
        Weights expertWeights) {

    /** How tokens know where they stand. */
    enum Positions {
        ROTARY,
        LEARNED,
        ALIBI
    }

    private static final GgufTraits ADJACENT =
            new GgufTraits(
                    RopeStyle.ADJACENT, Positions.ROTARY, Activation.SILU, 0, Weights.NORMALIZED);

    private static final GgufTraits HALF_SPLIT =
            new GgufTraits(
                    RopeStyle.HALF_SPLIT, Positions.ROTARY, Activation.SILU, 0, Weights.NORMALIZED);

    /** Of an architecture; one that is not known here is refused elsewhere. */
    static GgufTraits of(String architecture) {
        return switch (architecture) {
            case "gpt2", "starcoder" ->
                    HALF_SPLIT.with(Positions.LEARNED).with(Activation.GELU_TANH_HALF);
            case "bloom", "mpt" -> HALF_SPLIT.with(Positions.ALIBI).with(Activation.GELU_TANH_HALF);
            case "refact" -> HALF_SPLIT.with(Positions.ALIBI);
            case "bert" -> HALF_SPLIT.with(Positions.LEARNED).with(Activation.GELU);
            case "nomic-bert" -> HALF_SPLIT;
            case "qwen", "qwen2", "qwen3", "qwen3moe", "phi3", "stablelm" -> HALF_SPLIT;
            case "qwen2vl", "qwen3vl", "qwen3vlmoe" -> HALF_SPLIT;
            case "exaone", "seed_oss", "hunyuan-dense", "hunyuan-moe", "orion" -> HALF_SPLIT;
            case "qwen2moe", "olmoe", "dots1", "bailingmoe2", "glm4moe" ->
                    HALF_SPLIT.with(Weights.SCORES);
            case "olmo2", "exaone4" -> HALF_SPLIT.withWindow(4);
            case "gemma2" -> HALF_SPLIT.with(Activation.GELU_TANH_HALF).withWindow(2);
            case "gemma3" -> HALF_SPLIT.with(Activation.GELU_TANH_HALF).withWindow(6);
            case "gpt-oss" -> HALF_SPLIT.withWindow(2);
            case "starcoder2", "falcon", "phi2", "gptneox", "gemma", "codeshell" ->
                    HALF_SPLIT.with(Activation.GELU_TANH_HALF);
            case "nemotron" -> HALF_SPLIT.with(Activation.RELU_SQUARED);
            case "arcee" -> ADJACENT.with(Activation.RELU_SQUARED);
            case "cohere2" -> ADJACENT.withWindow(4);
            case "deepseek", "deepseek2", "bailingmoe" -> ADJACENT.with(Weights.SCORES);
            default -> ADJACENT;
        };
    }

    /** These traits with other positions. */
    GgufTraits with(Positions newPositions) {
        return new GgufTraits(rope, newPositions, activation, window, expertWeights);
    }

    private GgufTraits with(Activation newActivation) {
        return new GgufTraits(rope, positions, newActivation, window, expertWeights);
    }

    private GgufTraits with(Weights newWeights) {
        return new GgufTraits(rope, positions, activation, window, newWeights);
    }

    private GgufTraits withWindow(int newWindow) {
        return new GgufTraits(rope, positions, activation, newWindow, expertWeights);
    }
}
