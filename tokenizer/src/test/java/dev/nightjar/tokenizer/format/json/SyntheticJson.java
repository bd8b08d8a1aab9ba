package dev.nightjar.tokenizer.format.json;

import java.util.List;

/** Small files that together have every kind of every stage. */
final class SyntheticJson {
    /** Byte-level BPE as generation models have it. */
    static final String BYTE_BPE =
            """
            {"version": "1.0", "truncation": {"max_length": 8, "stride": 2,
               "strategy": "LongestFirst", "direction": "Right"},
             "padding": {"strategy": {"Fixed": 4}, "direction": "Right", "pad_to_multiple_of": 8,
               "pad_id": 0, "pad_type_id": 0, "pad_token": "<s>"},
             "added_tokens": [
               {"id": 0, "content": "<s>", "special": true, "single_word": false, "lstrip": false,
                "rstrip": true, "normalized": false},
               {"id": 12, "content": "</s>", "special": false, "lstrip": true, "normalized": true}],
             "normalizer": {"type": "NFC"},
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
               {"type": "Split", "pattern": {"Regex": "\\\\p{N}{1,3}+|[^\\\\s\\\\p{L}]+"},
                "behavior": "MergedWithNext", "invert": false},
               {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true,
                "use_regex": true}]},
             "post_processor": {"type": "Sequence", "processors": [{"type": "ByteLevel"},
               {"type": "TemplateProcessing",
                "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
                           {"Sequence": {"id": "A", "type_id": 0}}],
                "pair": [{"Sequence": {"id": "A", "type_id": 0}},
                         {"Sequence": {"id": "B", "type_id": 1}}],
                "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}}}]},
             "decoder": {"type": "ByteLevel"},
             "model": {"type": "BPE", "dropout": null, "unk_token": null, "ignore_merges": true,
               "byte_fallback": false, "fuse_unk": false,
               "vocab": {"<s>": 0, "H": 1, "e": 2, "l": 3, "o": 4, "Ġ": 5, "ll": 6, "llo": 7,
                         "He": 8, "w": 9, "Ġw": 10, "Ã": 11},
               "merges": ["l l", ["ll", "o"], "H e", "Ġ w"]}}
            """;

    /** BPE over characters with byte fallback, as Llama 2 has it. */
    static final String CHARACTER_BPE =
            """
            {"added_tokens": [{"id": 1, "content": "<s>", "special": true, "normalized": false}],
             "normalizer": {"type": "Sequence", "normalizers": [
               {"type": "Prepend", "prepend": "▁"},
               {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
             "pre_tokenizer": null,
             "post_processor": {"type": "BertProcessing", "sep": ["<s>", 1], "cls": ["<s>", 1]},
             "decoder": {"type": "Sequence", "decoders": [
               {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
               {"type": "ByteFallback"}, {"type": "Fuse"},
               {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
             "model": {"merges": ["▁ H", "l l"], "fuse_unk": true, "byte_fallback": true,
               "unk_token": "<unk>", "continuing_subword_prefix": null,
               "vocab": {"<unk>": 0, "<s>": 1, "▁": 2, "H": 3, "▁H": 4, "l": 5, "ll": 6,
                         "<0xC3>": 7, "<0xB6>": 8, "e": 9}}}
            """;

    /** WordPiece as BERT has it. */
    static final String WORD_PIECE =
            """
            {"added_tokens": [{"id": 1, "content": "[CLS]", "special": true, "normalized": false}],
             "normalizer": {"type": "BertNormalizer", "clean_text": true, "lowercase": true,
               "handle_chinese_chars": true, "strip_accents": null},
             "pre_tokenizer": {"type": "BertPreTokenizer"},
             "post_processor": {"type": "RobertaProcessing", "sep": ["[CLS]", 1],
               "cls": ["[CLS]", 1], "trim_offsets": true, "add_prefix_space": false},
             "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "max_input_chars_per_word": 20,
               "continuing_subword_prefix": "##",
               "vocab": {"[UNK]": 0, "[CLS]": 1, "he": 2, "##llo": 3, "world": 4, "!": 5, "1": 6,
                         "##2": 7, "中": 8}}}
            """;

    /** Unigram as T5 has it. */
    static final String UNIGRAM =
            """
            {"added_tokens": [{"id": 1, "content": "</s>", "special": true}],
             "normalizer": {"type": "Sequence", "normalizers": [{"type": "Nmt"}, {"type": "NFKC"},
               {"type": "Strip", "strip_left": true, "strip_right": true}, {"type": "StripAccents"},
               {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
               {"type": "Precompiled", "precompiled_charsmap": ""}, {"type": "Lowercase"}]},
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"},
               {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first",
                "split": true}]},
             "decoder": {"type": "Metaspace", "replacement": "▁", "add_prefix_space": true},
             "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": false,
               "vocab": [["<unk>", 0.0], ["</s>", 0.0], ["▁", -2.0], ["hello", -3.5], ["h", -9],
                         ["▁hello", -3.0], ["rld", -5e0]]}}
            """;

    /** Whole words after every kind of splitter. */
    static final String WORD_LEVEL =
            """
            {"normalizer": {"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "NFKD"}]},
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Whitespace"},
               {"type": "Punctuation", "behavior": "Contiguous"},
               {"type": "Digits", "individual_digits": true},
               {"type": "CharDelimiterSplit", "delimiter": "x"}, {"type": "UnicodeScripts"},
               {"type": "FixedLength", "length": 3},
               {"type": "Split", "pattern": {"String": "l"}, "behavior": "MergedWithPrevious",
                "invert": true}]},
             "decoder": {"type": "Sequence", "decoders": [
               {"type": "CTC", "pad_token": "<pad>", "word_delimiter_token": "|", "cleanup": true},
               {"type": "BPEDecoder", "suffix": "</w>"}]},
             "model": {"type": "WordLevel", "unk_token": "<unk>",
               "vocab": {"<unk>": 0, "Hel": 1, "lo": 2, "1": 3, "!": 4, "|": 5, "<pad>": 6}}}
            """;

    static final List<String> ALL =
            List.of(BYTE_BPE, CHARACTER_BPE, WORD_PIECE, UNIGRAM, WORD_LEVEL);

    private SyntheticJson() {}
}
