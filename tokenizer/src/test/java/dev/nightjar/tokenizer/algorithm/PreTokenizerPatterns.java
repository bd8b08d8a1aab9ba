package dev.nightjar.tokenizer.algorithm;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The regular expressions that define the rules, as the checkpoints publish them, in Java's
 * spelling: each isolates its matches in the pieces of the one before.
 */
final class PreTokenizerPatterns {
    private static final String CONTRACTION = "(?iu:'s|'t|'re|'ve|'m|'ll|'d)";
    private static final String GPT2 =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    private static final String LLAMA3 =
            CONTRACTION
                    + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String QWEN2 = LLAMA3.replace("{1,3}", "");
    private static final String QWEN35 =
            QWEN2.replace("?\\p{L}+", "?[\\p{L}\\p{M}]+")
                    .replace(" ?[^\\s\\p{L}", " ?[^\\s\\p{L}\\p{M}");
    private static final String GPT4O =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*"
                    + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + CONTRACTION
                    + "?|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                    + CONTRACTION
                    + "?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String TEKKEN = GPT4O.replace(CONTRACTION + "?", "").replace("{1,3}", "");
    private static final String KIMI_K2 =
            "[\\p{IsHan}]+|"
                    + GPT4O.replace("\\p{M}]", "\\p{M}&&[^\\p{IsHan}]]")
                            .replace("[\\r\\n/]*", "[\\r\\n]*");
    private static final String DEEPSEEK_V3 =
            "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
                    + "|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String EAST_ASIAN = "[\u4E00-\u9FA5\u0800-\u4E00\uAC00-\uD7FF]+";
    private static final String BLOOM =
            " ?[^(\\s|.,!?\u2026\u3002\uFF0C\u3001\u0964\u06D4\u060C)]+";
    private static final String CASED =
            "\u0041-\u005A\u0061-\u007A\u00B5\u00C0-\u00D6\u00D8-\u00F6"
                    + "\u00F8-\u01BA\u01BC-\u01BF\u01C4-\u0293\u0295-\u02AF\u0370-\u0373"
                    + "\u0376\u0377\u037B-\u037D\u037F\u0386\u0388-\u038A\u038C"
                    + "\u038E-\u03A1\u03A3-\u03F5\u03F7-\u0481\u048A-\u052F\u0531-\u0556"
                    + "\u10A0-\u10C5\u13A0-\u13F5\u13F8-\u13FD\u1C90-\u1CBA\u1CBD-\u1CBF"
                    + "\u1D00-\u1D2B\u1D6B-\u1D77\u1D79-\u1D9A\u1E00-\u1F15\u1F18-\u1F1D"
                    + "\u1F20-\u1F45\u1F48-\u1F4D\u1F50-\u1F57\u1F59\u1F5B\u1F5D"
                    + "\u1F5F-\u1F7D\u1F80-\u1FB4\u1FB6-\u1FBC\u1FBE\u1FC2-\u1FC4"
                    + "\u1FC6-\u1FCC\u1FD0-\u1FD3\u1FD6-\u1FDB\u1FE0-\u1FEC\u1FF2-\u1FF4"
                    + "\u1FF6-\u1FFC\u2102\u2107\u210A-\u2113\u2115\u2119-\u211D\u2124"
                    + "\u2126\u2128\u212A-\u212D\u212F-\u2134\u2139\u213C-\u213F"
                    + "\u2145-\u2149\u214E\u2183\u2184\u2C00-\u2C7B\u2C7E-\u2CE4"
                    + "\u2CEB-\u2CEE\u2CF2\u2CF3\uA640-\uA66D\uA680-\uA69B\uA722-\uA76F"
                    + "\uA771-\uA787\uA78B-\uA78E\uAB70-\uABBF\uFB00-\uFB06\uFB13-\uFB17"
                    + "\uFF21-\uFF3A\uFF41-\uFF5A\uD801\uDC00-\uD801\uDC4F"
                    + "\uD801\uDCB0-\uD801\uDCD3\uD801\uDCD8-\uD801\uDCFB"
                    + "\uD803\uDC80-\uD803\uDCB2\uD803\uDCC0-\uD803\uDCF2"
                    + "\uD806\uDCA0-\uD806\uDCDF\uD83A\uDD00-\uD83A\uDD43";

    private PreTokenizerPatterns() {}

    static Map<PreTokenizer, List<String>> all() {
        Map<PreTokenizer, List<String>> patterns = new EnumMap<>(PreTokenizer.class);
        patterns.put(
                PreTokenizer.DEFAULT,
                List.of("[\\p{P}$+<=>^~|]+", GPT2, "\\p{N}+", "[0-9][0-9][0-9]"));
        patterns.put(PreTokenizer.GPT2, List.of(GPT2));
        patterns.put(PreTokenizer.DIGITS, List.of("\\p{N}", GPT2));
        patterns.put(PreTokenizer.FALCON, List.of("[\\p{P}$+<=>^~|`]+", GPT2, "[0-9][0-9][0-9]"));
        patterns.put(PreTokenizer.LLAMA3, List.of(LLAMA3));
        patterns.put(
                PreTokenizer.MINICPM5,
                List.of("\\p{N}{1,3}", LLAMA3.replace("\\p{N}{1,3}", "\\p{N}+")));
        patterns.put(PreTokenizer.QWEN2, List.of(QWEN2));
        patterns.put(PreTokenizer.QWEN35, List.of(QWEN35));
        patterns.put(
                PreTokenizer.SEED_CODER,
                List.of(QWEN2.replace("\\p{N}]+[\\r\\n]*", "\\p{N}\\r\\n]+")));
        patterns.put(PreTokenizer.LAGUNA, List.of("[^\\n]+|[\\n]+", QWEN2));
        patterns.put(PreTokenizer.TEKKEN, List.of(TEKKEN));
        patterns.put(PreTokenizer.GPT4O, List.of(GPT4O));
        patterns.put(PreTokenizer.TINY_AYA, List.of("\\d{1,3}(?=(?:\\d{3})*\\b)", GPT4O));
        patterns.put(PreTokenizer.KIMI_K2, List.of(KIMI_K2));
        patterns.put(
                PreTokenizer.YOUTU,
                List.of(
                        "[\uAC00-\uD7A3\u3131-\u318E]+"
                                + "|[\uFF01\u2026\u201C\u201D\u2018\u2019\u2014\uFF1A\uFF1B\uFF0C"
                                + "\u3001-\u303F\uFE30-\uFE4F]+|[\u3105-\u312F]+"
                                + "|[\u4E00-\u9FA5\u3040-\u309F\u30A0-\u30FF]+",
                        GPT4O.replace("{1,3}", "")));
        patterns.put(
                PreTokenizer.DEEPSEEK_LLM,
                List.of(
                        "[\r\n]",
                        "\\s?[" + CASED + "]+",
                        "\\s?[!-/:-~\uFF01-\uFF0F\uFF1A-\uFF5E\u2018-\u201F\u3000-\u3002]+",
                        "\\s+\\z",
                        EAST_ASIAN,
                        "\\p{N}+"));
        patterns.put(
                PreTokenizer.DEEPSEEK_CODER,
                List.of("[\r\n]", "\\s?\\p{L}+", "\\s?\\p{P}+", EAST_ASIAN, "\\p{N}"));
        patterns.put(
                PreTokenizer.DEEPSEEK_V3,
                List.of("\\p{N}{1,3}", "[\u4E00-\u9FA5\u3040-\u309F\u30A0-\u30FF]+", DEEPSEEK_V3));
        patterns.put(
                PreTokenizer.AFMOE,
                List.of(
                        "(?<!\\p{N})\\p{N}{1,2}(?=(?:\\p{N}{3})*(?!\\p{N}))|\\p{N}{3}",
                        "[\u4E00-\u9FFF\u3400-\u4DBF\u8C48-\uFAFF\u3040-\u309F\u30A0-\u30FF"
                                + "\uFF65-\uFF9F\u2F00-\u2FDF\u0E40-\u0E7F\u0E80-\u0EFF"
                                + "\u1780-\u17FF\u1000-\u109F\uAA60-\uAA7F\uA9E0-\uA9FF"
                                + "\uAC00-\uD7AF\u1100-\u11FF]+",
                        DEEPSEEK_V3));
        patterns.put(PreTokenizer.BLOOM, List.of(BLOOM));
        patterns.put(PreTokenizer.VIKING, List.of(BLOOM, "\\p{N}"));
        patterns.put(PreTokenizer.SUPERBPE, List.of("\\p{N}+", "(?=([0-9]{3})+(?![0-9]))"));
        patterns.put(PreTokenizer.JAIS2, List.of(jais2()));
        patterns.put(
                PreTokenizer.EXAONE_MOE,
                List.of(
                        CONTRACTION
                                + "|[^\\r\\n\\p{L}\\p{N}]?(?:\\p{L}\\p{M}*(?: \\p{L}\\p{M}*)*)+"
                                + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]?|\\s*[\\r\\n]"
                                + "|\\s+(?!\\S)|\\s+"));
        return patterns;
    }

    private static String jais2() {
        StringBuilder pattern =
                new StringBuilder(LLAMA3.substring(0, LLAMA3.indexOf("|\\s+(?!\\S)")));
        for (int length = 512; length >= 4; length /= 2) {
            pattern.append("|\\s{").append(length).append("}(?!\\S)");
        }
        return pattern.append("|\\s{1,2}(?!\\S)|\\s{1}").toString();
    }
}
