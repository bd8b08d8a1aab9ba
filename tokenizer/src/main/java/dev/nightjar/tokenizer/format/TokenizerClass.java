package dev.nightjar.tokenizer.format;

import dev.nightjar.tokenizer.TokenizerFormatException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the tokenizer classes of Python do that a vocabulary does not say, written as the members of
 * a tokenizer.json.
 */
enum TokenizerClass {
    /** Words of GPT-2, nothing around a text. */
    GPT2("GPT2 Whisper CodeGen Blenderbot Deberta"),
    /** Words of GPT-2, a token before and one after a text, two between texts. */
    ROBERTA("Roberta Bart Longformer LED MVP"),
    /** Composed letters, words of Qwen 2. */
    QWEN2("Qwen2"),
    /** Lower case, words without spaces, a suffix at the end of each. */
    CLIP("CLIP");

    private static final String BYTES = "{\"type\": \"ByteLevel\", \"use_regex\": false, %s}";
    private static final String QWEN2_WORDS =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}"
                    + "| ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+"
                    + "|\\\\s+(?!\\\\S)|\\\\s+";
    private static final String CLIP_WORDS =
            "<\\\\|startoftext\\\\|>|<\\\\|endoftext\\\\|>|'s|'t|'re|'ve|'m|'ll|'d"
                    + "|[\\\\p{L}]+|[\\\\p{N}]|[^\\\\s\\\\p{L}\\\\p{N}]+";

    private final List<String> names;

    TokenizerClass(String names) {
        this.names = List.of(names.split(" "));
    }

    /**
     * The class of this name, such as {@code Qwen2Tokenizer} or {@code Qwen2TokenizerFast}; GPT-2's
     * where none is named.
     */
    static TokenizerClass ofBytePairs(Optional<String> name) {
        if (name.isEmpty()) {
            return GPT2;
        }
        String family = name.get().replaceAll("Tokenizer(Fast)?$", "");
        return Arrays.stream(values())
                .filter(known -> known.names.contains(family))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TokenizerFormatException(
                                        ("tokenizer_class: expected one of %s for vocab.json with"
                                                        + " merges.txt, found %s; add its tokenizer.json")
                                                .formatted(knownNames(), name.get())));
    }

    private static List<String> knownNames() {
        return Arrays.stream(values()).flatMap(known -> known.names.stream()).toList();
    }

    /** What ends the last token of a word, mostly nothing. */
    String wordSuffix() {
        return this == CLIP ? "</w>" : "";
    }

    /** Whether the unknown token stands for what is no symbol of the vocabulary. */
    boolean hasUnknown() {
        return this == CLIP;
    }

    /**
     * The stages around the model, as JSON.
     *
     * @param addsSpace whether a space is put before a text
     * @param bos the token before a text, or -1
     * @param eos the token after it, or -1
     */
    String stages(boolean addsSpace, int bos, int eos) {
        String space = "\"add_prefix_space\": " + addsSpace;
        String gpt2 = "{\"type\": \"ByteLevel\", %s}".formatted(space);
        String decoder = "\"decoder\": {\"type\": \"ByteLevel\"}";
        return switch (this) {
            case GPT2 -> "{\"pre_tokenizer\": %s, %s}".formatted(gpt2, decoder);
            case ROBERTA ->
                    "{\"pre_tokenizer\": %s, %s, %s}"
                            .formatted(gpt2, decoder, around("RobertaProcessing", bos, eos));
            case QWEN2 ->
                    "{\"normalizer\": {\"type\": \"NFC\"}, \"pre_tokenizer\": %s, %s}"
                            .formatted(split(QWEN2_WORDS, "Isolated", false, space), decoder);
            case CLIP ->
                    """
                    {"normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"},
                      {"type": "Replace", "pattern": {"Regex": "\\\\s+"}, "content": " "},
                      {"type": "Lowercase"}]}, "pre_tokenizer": %s, %s, %s}
                    """
                            .formatted(
                                    split(CLIP_WORDS, "Removed", true, space),
                                    decoder,
                                    around("RobertaProcessing", bos, eos));
        };
    }

    /** The stages around a WordPiece model, as JSON; ids may be -1. */
    static String bertStages(
            boolean isLowercase, boolean spacesChinese, boolean stripsAccents, int cls, int sep) {
        return """
        {"normalizer": {"type": "BertNormalizer", "clean_text": true, "lowercase": %s,
          "handle_chinese_chars": %s, "strip_accents": %s},
         "pre_tokenizer": {"type": "BertPreTokenizer"},
         "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true}, %s}
        """
                .formatted(
                        isLowercase,
                        spacesChinese,
                        stripsAccents,
                        around("BertProcessing", cls, sep));
    }

    private static String split(String words, String behavior, boolean isInverted, String space) {
        return """
        {"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern": {"Regex": "%s"},
          "behavior": "%s", "invert": %s}, %s]}
        """
                .formatted(words, behavior, isInverted, BYTES.formatted(space));
    }

    private static String around(String type, int cls, int sep) {
        return cls < 0 || sep < 0
                ? "\"post_processor\": null"
                : """
                  "post_processor": {"type": "%s", "cls": ["", %d], "sep": ["", %d],
                    "trim_offsets": true}
                  """
                        .formatted(type, cls, sep);
    }
}
