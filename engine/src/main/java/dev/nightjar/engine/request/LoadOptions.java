package dev.nightjar.engine.request;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a model is put into service. Build one from {@link #defaults} with the {@code with…} methods.
 *
 * @param maxContext most tokens per sequence; the model's own context when empty
 * @param maxBatchedTokens token budget of a step
 * @param maxSequences sequences that may run at the same time
 * @param maxQueued sequences that may wait
 * @param kvBytes memory of the KV pool; planned from the machine's memory when empty
 * @param blockSize P, tokens per KV block
 * @param kvType in which type keys and values are kept
 * @param chatTemplate a template by name, or a Jinja file, instead of the checkpoint's own; {@code
 *     none} for none at all
 * @param answerFormat how the model writes calls of tools, by name, instead of what its template
 *     tells; {@code none} if it writes none
 */
public record LoadOptions(
        OptionalInt maxContext,
        int maxBatchedTokens,
        int maxSequences,
        int maxQueued,
        OptionalLong kvBytes,
        int blockSize,
        KvType kvType,
        Optional<String> chatTemplate,
        Optional<String> answerFormat) {

    /** The value of {@link #chatTemplate} that ignores the file's template. */
    public static final String NO_TEMPLATE = "none";

    /** Checks what can be checked without a model. */
    public LoadOptions {
        check(maxContext.orElse(1) >= 1, "max-context", maxContext.orElse(0));
        check(maxBatchedTokens >= 1, "max-batched-tokens", maxBatchedTokens);
        check(maxSequences >= 1, "max-sequences", maxSequences);
        check(maxQueued >= 1, "max-queued", maxQueued);
        check(kvBytes.orElse(1) >= 1, "kv-memory", kvBytes.orElse(0));
        Objects.requireNonNull(kvType, "kvType");
        check(blockSize >= 1 && blockSize <= 1024, "block-size", blockSize);
    }

    private static void check(boolean isValid, String name, Number found) {
        if (!isValid) {
            throw new IllegalArgumentException(
                    "%s must be at least 1, found %s".formatted(name, found));
        }
    }

    /** Steps of 512 tokens, 64 sequences, 256 waiting, memory as planned, halves. */
    public static LoadOptions defaults() {
        return new LoadOptions(
                OptionalInt.empty(),
                512,
                64,
                256,
                OptionalLong.empty(),
                64,
                KvType.F16,
                Optional.empty(),
                Optional.empty());
    }

    /** With another context. */
    public LoadOptions withMaxContext(int value) {
        return new LoadOptions(
                OptionalInt.of(value),
                maxBatchedTokens,
                maxSequences,
                maxQueued,
                kvBytes,
                blockSize,
                kvType,
                chatTemplate,
                answerFormat);
    }

    /** With another token budget. */
    public LoadOptions withMaxBatchedTokens(int value) {
        return new LoadOptions(
                maxContext,
                value,
                maxSequences,
                maxQueued,
                kvBytes,
                blockSize,
                kvType,
                chatTemplate,
                answerFormat);
    }

    /** With another limit of running sequences. */
    public LoadOptions withMaxSequences(int value) {
        return new LoadOptions(
                maxContext,
                maxBatchedTokens,
                value,
                maxQueued,
                kvBytes,
                blockSize,
                kvType,
                chatTemplate,
                answerFormat);
    }

    /** With another limit of waiting sequences. */
    public LoadOptions withMaxQueued(int value) {
        return new LoadOptions(
                maxContext,
                maxBatchedTokens,
                maxSequences,
                value,
                kvBytes,
                blockSize,
                kvType,
                chatTemplate,
                answerFormat);
    }

    /** With a given KV pool. */
    public LoadOptions withKvBytes(long value) {
        return new LoadOptions(
                maxContext,
                maxBatchedTokens,
                maxSequences,
                maxQueued,
                OptionalLong.of(value),
                blockSize,
                kvType,
                chatTemplate,
                answerFormat);
    }

    /** With another block size. */
    public LoadOptions withBlockSize(int value) {
        return new LoadOptions(
                maxContext,
                maxBatchedTokens,
                maxSequences,
                maxQueued,
                kvBytes,
                value,
                kvType,
                chatTemplate,
                answerFormat);
    }

    /** With keys and values in another type. */
    public LoadOptions withKvType(KvType value) {
        return new LoadOptions(
                maxContext,
                maxBatchedTokens,
                maxSequences,
                maxQueued,
                kvBytes,
                blockSize,
                value,
                chatTemplate,
                answerFormat);
    }

    /** With a chat template by name, or from a Jinja file. */
    public LoadOptions withChatTemplate(String value) {
        return new LoadOptions(
                maxContext,
                maxBatchedTokens,
                maxSequences,
                maxQueued,
                kvBytes,
                blockSize,
                kvType,
                Optional.of(value),
                answerFormat);
    }

    /** With calls of tools in another format. */
    public LoadOptions withAnswerFormat(String value) {
        return new LoadOptions(
                maxContext,
                maxBatchedTokens,
                maxSequences,
                maxQueued,
                kvBytes,
                blockSize,
                kvType,
                chatTemplate,
                Optional.of(value));
    }
}
