package dev.nightjar.server.accuracy;

import dev.nightjar.engine.text.TextModel;
import dev.nightjar.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A text as token ids in chunks of one length, one behind the other; what is left over at the end
 * does not count. Of each chunk, tokens from the middle on are scored, so that each has at least
 * half a chunk before it. Where the model wants texts to begin with BOS, each chunk does.
 *
 * <p>This is what llama.cpp's perplexity tool does, so the figures can be compared.
 *
 * @param chunks ids, all of the same number
 */
public record ChunkedText(List<int[]> chunks) {

    /** Takes the logits with which a token was predicted. */
    @FunctionalInterface
    public interface Scorer {
        /**
         * Takes one row, valid during the call only.
         *
         * @param logits {@code [V]}
         * @param next the token that follows in the text
         */
        void accept(float[] logits, int next);
    }

    /** Copies the list. */
    public ChunkedText {
        chunks = List.copyOf(chunks);
    }

    /**
     * Cuts a text.
     *
     * @param size tokens per chunk, at least 4
     * @param maxChunks of those at most that many
     * @throws IllegalArgumentException if the text does not fill one chunk
     */
    public static ChunkedText of(TextModel model, String text, int size, int maxChunks) {
        if (size < 4 || size > model.maxContext()) {
            throw new IllegalArgumentException(
                    "--ctx: expected 4 to %d, the context of %s, found %d"
                            .formatted(model.maxContext(), model.name(), size));
        }
        Tokenizer tokenizer = model.tokenizer();
        int[] ids = tokenizer.withBos(tokenizer.encode(text));
        if (ids.length < size) {
            throw new IllegalArgumentException(
                    "the text has %d tokens, expected at least the %d of one chunk; see --ctx"
                            .formatted(ids.length, size));
        }
        boolean addsBos = tokenizer.withBos(new int[0]).length > 0;
        int count = Math.min(maxChunks, ids.length / size);
        return new ChunkedText(
                IntStream.range(0, count)
                        .mapToObj(
                                chunk -> Arrays.copyOfRange(ids, chunk * size, (chunk + 1) * size))
                        .peek(
                                chunk -> {
                                    if (addsBos) {
                                        chunk[0] = tokenizer.vocabulary().bos().orElseThrow();
                                    }
                                })
                        .toList());
    }

    /** Tokens per chunk. */
    public int size() {
        return chunks.getFirst().length;
    }

    /** Scored tokens per chunk: all behind the middle but the last, whose successor is unknown. */
    public int scoredPerChunk() {
        return size() - size() / 2 - 1;
    }

    /** Computes a chunk and hands over the rows that count, in order. */
    public void score(TextModel model, int chunk, Scorer scorer) {
        int[] ids = chunks.get(chunk);
        model.logits(
                ids,
                (position, logits) -> {
                    if (position >= ids.length / 2 && position + 1 < ids.length) {
                        scorer.accept(logits, ids[position + 1]);
                    }
                });
    }
}
