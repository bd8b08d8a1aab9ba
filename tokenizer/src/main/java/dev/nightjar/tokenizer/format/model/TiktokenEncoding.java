package dev.nightjar.tokenizer.format.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a file of ranks leaves out: how text is cut into words, and the control tokens.
 *
 * @param name how the encoding is known
 * @param numRanks how many lines a complete file has, by which it is recognised
 * @param preTokenizer name of the rule that cuts text into words
 * @param controlTokens ids of the control tokens by their spelling
 * @param bos the token that a prompt begins with, if any
 * @param eos the token that ends a text, if any
 */
public record TiktokenEncoding(
        String name,
        int numRanks,
        String preTokenizer,
        Map<String, Integer> controlTokens,
        OptionalInt bos,
        OptionalInt eos) {

    /** GPT-2. */
    public static final TiktokenEncoding GPT2 =
            new TiktokenEncoding(
                    "gpt2",
                    50_256,
                    "gpt-2",
                    Map.of("<|endoftext|>", 50_256),
                    OptionalInt.empty(),
                    OptionalInt.of(50_256));

    /** GPT-3.5 and GPT-4. */
    public static final TiktokenEncoding CL100K_BASE =
            new TiktokenEncoding(
                    "cl100k_base",
                    100_256,
                    "llama3",
                    Map.of(
                            "<|endoftext|>", 100_257,
                            "<|fim_prefix|>", 100_258,
                            "<|fim_middle|>", 100_259,
                            "<|fim_suffix|>", 100_260,
                            "<|endofprompt|>", 100_276),
                    OptionalInt.empty(),
                    OptionalInt.of(100_257));

    /** GPT-4o and, with its further control tokens, gpt-oss. */
    public static final TiktokenEncoding O200K_BASE =
            new TiktokenEncoding(
                    "o200k_base", 199_998, "gpt-4o", o200k(), OptionalInt.empty(), id(199_999));

    /** Llama 3. */
    public static final TiktokenEncoding LLAMA3 =
            new TiktokenEncoding("llama3", 128_000, "llama3", llama3(), id(128_000), id(128_001));

    /** Qwen. */
    public static final TiktokenEncoding QWEN =
            new TiktokenEncoding(
                    "qwen", 151_643, "qwen2", qwen(), OptionalInt.empty(), id(151_643));

    private static final List<TiktokenEncoding> ALL =
            List.of(GPT2, CL100K_BASE, O200K_BASE, LLAMA3, QWEN);

    /** Copies the map. */
    public TiktokenEncoding {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(preTokenizer, "preTokenizer");
        controlTokens = Collections.unmodifiableMap(new LinkedHashMap<>(controlTokens));
        Objects.requireNonNull(bos, "bos");
        Objects.requireNonNull(eos, "eos");
    }

    /** The encoding whose complete file has so many ranks. */
    public static Optional<TiktokenEncoding> ofSize(int numRanks) {
        return ALL.stream().filter(encoding -> encoding.numRanks == numRanks).findFirst();
    }

    /** The encodings that are recognised. */
    public static List<TiktokenEncoding> known() {
        return ALL;
    }

    private static OptionalInt id(int id) {
        return OptionalInt.of(id);
    }

    private static Map<String, Integer> o200k() {
        Map<String, Integer> tokens = new LinkedHashMap<>();
        tokens.put("<|startoftext|>", 199_998);
        tokens.put("<|endoftext|>", 199_999);
        tokens.put("<|return|>", 200_002);
        tokens.put("<|constrain|>", 200_003);
        tokens.put("<|channel|>", 200_005);
        tokens.put("<|start|>", 200_006);
        tokens.put("<|end|>", 200_007);
        tokens.put("<|message|>", 200_008);
        tokens.put("<|call|>", 200_012);
        tokens.put("<|endofprompt|>", 200_018);
        return tokens;
    }

    private static Map<String, Integer> llama3() {
        Map<String, Integer> tokens = new LinkedHashMap<>();
        tokens.put("<|begin_of_text|>", 128_000);
        tokens.put("<|end_of_text|>", 128_001);
        tokens.put("<|finetune_right_pad_id|>", 128_004);
        tokens.put("<|step_id|>", 128_005);
        tokens.put("<|start_header_id|>", 128_006);
        tokens.put("<|end_header_id|>", 128_007);
        tokens.put("<|eom_id|>", 128_008);
        tokens.put("<|eot_id|>", 128_009);
        tokens.put("<|python_tag|>", 128_010);
        int numReserved = 0;
        for (int id = 128_002; id < 128_256; id++) {
            if (!tokens.containsValue(id)) {
                tokens.put("<|reserved_special_token_" + numReserved++ + "|>", id);
            }
        }
        return tokens;
    }

    private static Map<String, Integer> qwen() {
        Map<String, Integer> tokens = new LinkedHashMap<>();
        tokens.put("<|endoftext|>", 151_643);
        tokens.put("<|im_start|>", 151_644);
        tokens.put("<|im_end|>", 151_645);
        for (int i = 0; i < 205; i++) {
            tokens.put("<|extra_" + i + "|>", 151_646 + i);
        }
        return tokens;
    }
}
