package dev.nightjar.server.dialect.openai.completion;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How a model is told to write what stands between two texts: by tokens before, between and after
 * them. They are found in its vocabulary by their usual spellings.
 */
final class FillInMiddle {

    /** Which text comes first. */
    private enum Order {
        PREFIX_FIRST,
        SUFFIX_FIRST
    }

    /**
     * The tokens of a family of models.
     *
     * @param prefix before the text that comes before
     * @param suffix before the text that comes after
     * @param middle where the model begins; empty if the other text is last
     */
    private record Spelling(String prefix, String suffix, String middle, Order order) {}

    private static final List<Spelling> SPELLINGS =
            List.of(
                    // Qwen2.5-Coder, CodeGemma, Granite
                    new Spelling(
                            "<|fim_prefix|>",
                            "<|fim_suffix|>",
                            "<|fim_middle|>",
                            Order.PREFIX_FIRST),
                    // StarCoder, StarCoder2
                    new Spelling(
                            "<fim_prefix>", "<fim_suffix>", "<fim_middle>", Order.PREFIX_FIRST),
                    // SantaCoder
                    new Spelling(
                            "<fim-prefix>", "<fim-suffix>", "<fim-middle>", Order.PREFIX_FIRST),
                    // DeepSeek-Coder, DeepSeek-V3
                    new Spelling(
                            "<｜fim▁begin｜>", "<｜fim▁hole｜>", "<｜fim▁end｜>", Order.PREFIX_FIRST),
                    // CodeLlama
                    new Spelling("▁<PRE>", "▁<SUF>", "▁<MID>", Order.PREFIX_FIRST),
                    // CodeGeeX, GLM-4
                    new Spelling(
                            "<|code_prefix|>",
                            "<|code_suffix|>",
                            "<|code_middle|>",
                            Order.PREFIX_FIRST),
                    // Codestral
                    new Spelling("[PREFIX]", "[SUFFIX]", "", Order.SUFFIX_FIRST));

    private final Tokenizer tokenizer;
    private final Order order;
    private final int prefix;
    private final int suffix;
    private final OptionalInt middle;

    private FillInMiddle(Tokenizer tokenizer, Spelling spelling) {
        Vocabulary vocabulary = tokenizer.vocabulary();
        this.tokenizer = tokenizer;
        this.order = spelling.order();
        this.prefix = vocabulary.id(spelling.prefix()).orElseThrow();
        this.suffix = vocabulary.id(spelling.suffix()).orElseThrow();
        this.middle = vocabulary.id(spelling.middle());
    }

    /** The way of a model, if its vocabulary has the tokens. */
    static Optional<FillInMiddle> of(Tokenizer tokenizer) {
        return SPELLINGS.stream()
                .filter(spelling -> isKnown(spelling, tokenizer.vocabulary()))
                .findFirst()
                .map(spelling -> new FillInMiddle(tokenizer, spelling));
    }

    /**
     * The prompt after which the model writes the middle.
     *
     * @param before text or ids
     * @param after what follows the middle
     */
    Prompt prompt(Prompt before, String after) {
        int[] first = before instanceof Prompt.Text text ? encode(text.text()) : ids(before);
        int[] last = encode(after);
        int[] all =
                order == Order.PREFIX_FIRST
                        ? join(prefix, first, suffix, last)
                        : join(suffix, last, prefix, first);
        return new Prompt.Tokens(
                tokenizer.withBos(
                        middle.isPresent() ? join(all, new int[] {middle.getAsInt()}) : all));
    }

    private static boolean isKnown(Spelling spelling, Vocabulary vocabulary) {
        return vocabulary.id(spelling.prefix()).isPresent()
                && vocabulary.id(spelling.suffix()).isPresent()
                && (spelling.middle().isEmpty() || vocabulary.id(spelling.middle()).isPresent());
    }

    private int[] encode(String text) {
        return text.isEmpty() ? new int[0] : tokenizer.encode(text);
    }

    /** A BOS that the client wrote belongs before all of it. */
    private int[] ids(Prompt before) {
        int[] ids = ((Prompt.Tokens) before).ids();
        OptionalInt bos = tokenizer.vocabulary().bos();
        boolean hasBos = ids.length > 0 && bos.isPresent() && ids[0] == bos.getAsInt();
        return hasBos ? Arrays.copyOfRange(ids, 1, ids.length) : ids;
    }

    private static int[] join(int one, int[] first, int two, int[] second) {
        return join(join(new int[] {one}, first), join(new int[] {two}, second));
    }

    private static int[] join(int[] first, int[] second) {
        return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }
}
