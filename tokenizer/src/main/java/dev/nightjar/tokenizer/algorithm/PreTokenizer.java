package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The rules that cut text into words before byte-level merges, by the names that GGUF files use
 * ({@code tokenizer.ggml.pre}).
 *
 * <p>A rule is one scanner, or several of which each cuts the pieces of the one before; a later one
 * sees the end of a piece as the end of the text. Every rule takes time linear in the text.
 */
public enum PreTokenizer {
    /** The rule of files that name no other: punctuation, words, numbers, groups of digits. */
    DEFAULT(
            "default",
            new RunScanner(CodePoints.PUNCTUATION, "$+<=>^~|", RunScanner.UNLIMITED),
            new Gpt2Scanner(),
            new RunScanner(CodePoints.NUMBER, "", RunScanner.UNLIMITED),
            new DigitGroupScanner()),
    /** GPT-2. */
    GPT2(
            "gpt-2 phi-2 mpt olmo jais trillion roberta-bpe modern-bert exaone4 gigachat mellum"
                    + " a.x-4.0 jina-es jina-de jina-v1-en jina-v2-es jina-v2-de jina-v2-code"
                    + " granite-docling",
            new Gpt2Scanner()),
    /** GPT-2 with every digit on its own. */
    DIGITS(
            "smollm starcoder refact command-r codeshell exaone minerva-7b",
            new RunScanner(CodePoints.NUMBER, "", 1),
            new Gpt2Scanner()),
    /** Punctuation, GPT-2, groups of three digits. */
    FALCON(
            "falcon",
            new RunScanner(CodePoints.PUNCTUATION, "$+<=>^~|`", RunScanner.UNLIMITED),
            new Gpt2Scanner(),
            new DigitGroupScanner()),
    /** Llama 3: numbers of up to three digits. */
    LLAMA3(
            "llama-bpe llama3 llama-v3 falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano dbrx"
                    + " smaug-bpe glm4 chatglm-bpe",
            new Llama3Scanner(3, CodePoints.LETTER)),
    /** Qwen 2: every digit on its own. */
    QWEN2(
            "qwen2 deepseek-r1-qwen stablelm2 hunyuan megrez solar-open grok-2 kormo f2llmv2",
            new Llama3Scanner(1, CodePoints.LETTER)),
    /** Qwen 3.5: as Qwen 2, combining marks count as letters. */
    QWEN35("qwen35", new Llama3Scanner(1, CodePoints.LETTER | CodePoints.MARK));

    private final List<String> names;
    private final WordScanner[] scanners;

    PreTokenizer(String names, WordScanner... scanners) {
        this.names = List.of(names.split(" "));
        this.scanners = scanners;
    }

    /** Takes the words of a text one after the other. */
    @FunctionalInterface
    public interface WordConsumer {
        /** Takes the word {@code [start, end)}. */
        void accept(int start, int end);
    }

    /** The rule of this name, if it is known. */
    public static Optional<PreTokenizer> named(String name) {
        return Arrays.stream(values()).filter(rule -> rule.names.contains(name)).findFirst();
    }

    /** The known names, in alphabetical order. */
    public static List<String> knownNames() {
        return Arrays.stream(values()).flatMap(rule -> rule.names.stream()).sorted().toList();
    }

    /** Hands the words of {@code utf8[from, to)} on, in order and without gaps. */
    public void split(byte[] utf8, int from, int to, WordConsumer words) {
        split(0, utf8, from, to, words);
    }

    private void split(int stage, byte[] utf8, int from, int to, WordConsumer words) {
        WordScanner scanner = scanners[stage];
        boolean isLast = stage == scanners.length - 1;
        for (int start = from; start < to; ) {
            int end = scanner.end(utf8, start, to);
            if (isLast) {
                words.accept(start, end);
            } else {
                split(stage + 1, utf8, start, end, words);
            }
            start = end;
        }
    }
}
