package dev.nightjar.engine.request;

import java.time.Duration;
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
 * @param targetItl how long running streams should wait for their next token when prompts are
 *     computed beside them, which is then done in smaller chunks
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
        Duration targetItl,
        OptionalLong kvBytes,
        int blockSize,
        KvType kvType,
        Optional<String> chatTemplate,
        Optional<String> answerFormat) {

    /** The value of {@link #chatTemplate} that ignores the file's template. */
    public static final String NO_TEMPLATE = "none";

    private static final Duration SHORTEST_ITL = Duration.ofMillis(1);

    private static final Duration LONGEST_ITL = Duration.ofHours(1);

    /** Checks what can be checked without a model. */
    public LoadOptions {
        check(maxContext.orElse(1) >= 1, "max-context", maxContext.orElse(0));
        check(maxBatchedTokens >= 1, "max-batched-tokens", maxBatchedTokens);
        check(maxSequences >= 1, "max-sequences", maxSequences);
        check(maxQueued >= 1, "max-queued", maxQueued);
        check(kvBytes.orElse(1) >= 1, "kv-memory", kvBytes.orElse(0));
        checkItl(targetItl);
        Objects.requireNonNull(kvType, "kvType");
        check(blockSize >= 1 && blockSize <= 1024, "block-size", blockSize);
    }

    private static void checkItl(Duration value) {
        if (value.compareTo(SHORTEST_ITL) < 0 || value.compareTo(LONGEST_ITL) > 0) {
            throw new IllegalArgumentException(
                    "target-itl must be from 1 ms to 1 h, found " + value);
        }
    }

    private static void check(boolean isValid, String name, Number found) {
        if (!isValid) {
            throw new IllegalArgumentException(
                    "%s must be at least 1, found %s".formatted(name, found));
        }
    }

    /** Steps of 512 tokens, 64 sequences, 256 waiting, 200 ms, memory as planned, halves. */
    public static LoadOptions defaults() {
        return new LoadOptions(
                OptionalInt.empty(),
                512,
                64,
                256,
                Duration.ofMillis(200),
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
                targetItl,
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
                targetItl,
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
                targetItl,
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
                targetItl,
                kvBytes,
                blockSize,
                kvType,
                chatTemplate,
                answerFormat);
    }

    /** With another time between tokens to aim at; an hour lets prompts take whole steps. */
    public LoadOptions withTargetItl(Duration value) {
        return new LoadOptions(
                maxContext,
                maxBatchedTokens,
                maxSequences,
                maxQueued,
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
                targetItl,
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
                targetItl,
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
                targetItl,
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
                targetItl,
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
                targetItl,
                kvBytes,
                blockSize,
                kvType,
                chatTemplate,
                Optional.of(value));
    }
}
