package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The rules that cut text into words before byte-level merges, by the names that GGUF files use
 * ({@code tokenizer.ggml.pre}).
 *
 * <p>A rule is one stage, or several of which each cuts the pieces of the one before; a later one
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
            "smollm starcoder refact command-r codeshell exaone minerva-7b mellum2",
            new RunScanner(CodePoints.NUMBER, "", 1),
            new Gpt2Scanner()),
    /** Punctuation, GPT-2, groups of three digits. */
    FALCON(
            "falcon",
            new RunScanner(CodePoints.PUNCTUATION, "$+<=>^~|`", RunScanner.UNLIMITED),
            new Gpt2Scanner(),
            new DigitGroupScanner()),
    /** Llama 3: numbers of up to three digits; GPT-4's cl100k is the same. */
    LLAMA3(
            "llama-bpe llama3 llama-v3 falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano dbrx"
                    + " smaug-bpe glm4 chatglm-bpe",
            new Llama3Scanner(3, CodePoints.LETTER, CodePoints.NEWLINE)),
    /** Llama 3 between numbers of up to three digits. */
    MINICPM5(
            "minicpm5",
            new RunScanner(CodePoints.NUMBER, "", 3),
            new Llama3Scanner(3, CodePoints.LETTER, CodePoints.NEWLINE)),
    /** Qwen 2: every digit on its own. */
    QWEN2(
            "qwen2 deepseek-r1-qwen stablelm2 hunyuan megrez solar-open grok-2 kormo f2llmv2"
                    + " bailingmoe bailingmoe2 llada-moe",
            new Llama3Scanner(1, CodePoints.LETTER, CodePoints.NEWLINE)),
    /** Qwen 3.5: as Qwen 2, combining marks count as letters. */
    QWEN35("qwen35", new Llama3Scanner(1, CodePoints.LETTER | CodePoints.MARK, CodePoints.NEWLINE)),
    /** Seed-Coder: as Qwen 2, symbols do not take line ends along. */
    SEED_CODER("seed-coder", new Llama3Scanner(1, CodePoints.LETTER, 0)),
    /** Laguna: Qwen 2 between runs of line feeds. */
    LAGUNA(
            "laguna",
            new RunScanner(0, "\n", RunScanner.UNLIMITED),
            new Llama3Scanner(1, CodePoints.LETTER, CodePoints.NEWLINE)),
    /** Mistral's Tekken: words by case, every digit on its own. */
    TEKKEN("tekken", new CasedWordScanner(1, CasedWordScanner.Variant.WITHOUT_CONTRACTIONS)),
    /** GPT-4o (o200k): words by case, numbers of up to three digits. */
    GPT4O(
            "gpt-4o llama4 kanana2 talkie minimax-m2 granite-embed-multi-97m",
            new CasedWordScanner(3, CasedWordScanner.Variant.WITH_CONTRACTIONS)),
    /** Tiny Aya: GPT-4o, numbers in groups of three from the right. */
    TINY_AYA(
            "tiny_aya cohere2moe",
            new DigitGroups(DigitGroups.Kind.DIGITS_BEFORE_BOUNDARY),
            new CasedWordScanner(3, CasedWordScanner.Variant.WITH_CONTRACTIONS)),
    /** Kimi K2: GPT-4o with runs of Han apart. */
    KIMI_K2("kimi-k2", new CasedWordScanner(3, CasedWordScanner.Variant.HAN_APART)),
    /** Youtu: Korean, Chinese signs, Bopomofo and ideographs apart, then words by case. */
    YOUTU(
            "youtu",
            isolate(
                    WordMatcher.run(0, CodePointRanges.HANGUL)
                            .or(WordMatcher.run(0, CodePointRanges.CHINESE_SIGNS))
                            .or(WordMatcher.run(0, CodePointRanges.BOPOMOFO))
                            .or(WordMatcher.run(0, CodePointRanges.IDEOGRAPHS_AND_KANA))),
            new CasedWordScanner(1, CasedWordScanner.Variant.WITH_CONTRACTIONS)),
    /** DeepSeek LLM. */
    DEEPSEEK_LLM(
            "deepseek-llm",
            new RunScanner(CodePoints.NEWLINE, "", 1),
            isolate(WordMatcher.run(CodePoints.SPACE, CodePointRanges.CASED_LETTERS)),
            isolate(WordMatcher.run(CodePoints.SPACE, CodePointRanges.SIGNS)),
            new TrailingSpaceCutter(),
            isolate(WordMatcher.run(0, CodePointRanges.EAST_ASIAN)),
            new RunScanner(CodePoints.NUMBER, "", RunScanner.UNLIMITED)),
    /** DeepSeek Coder. */
    DEEPSEEK_CODER(
            "deepseek-coder",
            new RunScanner(CodePoints.NEWLINE, "", 1),
            isolate(WordMatcher.run(CodePoints.SPACE, CodePoints.LETTER)),
            isolate(WordMatcher.run(CodePoints.SPACE, CodePoints.PUNCTUATION)),
            isolate(WordMatcher.run(0, CodePointRanges.EAST_ASIAN)),
            new RunScanner(CodePoints.NUMBER, "", 1)),
    /** DeepSeek V3. */
    DEEPSEEK_V3(
            "deepseek-v3 hunyuan-dense joyai-llm",
            new RunScanner(CodePoints.NUMBER, "", 3),
            isolate(WordMatcher.run(0, CodePointRanges.IDEOGRAPHS_AND_KANA)),
            isolate(new DeepSeekWords())),
    /** AfMoE: DeepSeek V3 with numbers in groups from the right and more scripts apart. */
    AFMOE(
            "afmoe",
            new DigitGroups(DigitGroups.Kind.NUMBERS),
            isolate(WordMatcher.run(0, CodePointRanges.UNSPACED_SCRIPTS)),
            isolate(new DeepSeekWords())),
    /** BLOOM: all but a few signs. */
    BLOOM("bloom poro-chat gpt3-finnish", isolate(new BloomWords())),
    /** Viking: BLOOM with every digit on its own. */
    VIKING("viking", isolate(new BloomWords()), new RunScanner(CodePoints.NUMBER, "", 1)),
    /** SuperBPE: numbers alone, in groups of three from the right. */
    SUPERBPE(
            "superbpe",
            new RunScanner(CodePoints.NUMBER, "", RunScanner.UNLIMITED),
            new ThousandsCutter()),
    /** Jais 2: Llama 3 with white space in powers of two. */
    JAIS2("jais-2", new Jais2Scanner()),
    /** EXAONE MoE: phrases of words with single spaces between. */
    EXAONE_MOE("exaone-moe", new ExaoneMoeScanner());

    private final List<String> names;
    private final PieceCutter[] stages;

    PreTokenizer(String names, PieceCutter... stages) {
        this.names = List.of(names.split(" "));
        this.stages = stages;
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

    /** One of its names. */
    public String ggufName() {
        return names.getFirst();
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
        if (stage == stages.length - 1) {
            stages[stage].cut(utf8, from, to, words);
        } else {
            stages[stage].cut(
                    utf8, from, to, (start, end) -> split(stage + 1, utf8, start, end, words));
        }
    }

    private static PieceCutter isolate(WordMatcher words) {
        return new IsolatingScanner(words);
    }
}
