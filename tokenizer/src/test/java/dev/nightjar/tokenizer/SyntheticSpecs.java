package dev.nightjar.tokenizer;

import dev.nightjar.tokenizer.algorithm.ByteAlphabet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Small vocabularies that are complete: every text can be encoded. */
final class SyntheticSpecs {
    static final int BOS = 0;
    static final int EOS = 1;
    static final int UNKNOWN = 2;
    static final int USER_DEFINED = 3;

    private static final List<String> MERGES =
            List.of("h e", "l l", "he ll", "hell o", "Ġ w", "Ġw o", "r l", "rl d", "Ġ Ġ", "Ã ©");

    private SyntheticSpecs() {}

    /** Byte-level BPE: 4 added tokens, 256 bytes, 10 merges; words as in GPT-2. */
    static TokenizerSpecBuilder byteLevel() {
        List<String> tokens = new ArrayList<>(List.of("<s>", "</s>", "<unk>", "<tool>"));
        for (int value = 0; value < 256; value++) {
            tokens.add(String.valueOf(ByteAlphabet.letter(value)));
        }
        MERGES.forEach(merge -> tokens.add(merge.replace(" ", "")));
        return TokenizerSpec.builder(Algorithm.BYTE_BPE, tokens)
                .types(types(tokens.size(), 0))
                .merges(MERGES)
                .preTokenizer("gpt-2")
                .bos(OptionalInt.of(BOS))
                .eos(OptionalInt.of(EOS))
                .unknown(OptionalInt.of(UNKNOWN));
    }

    /** SentencePiece: 4 added tokens, 256 bytes, 12 pieces; with a space prefix. */
    static TokenizerSpecBuilder sentencePiece() {
        List<String> tokens = new ArrayList<>(List.of("<s>", "</s>", "<unk>", "<tool>"));
        for (int value = 0; value < 256; value++) {
            tokens.add("<0x%02X>".formatted(value));
        }
        List<String> pieces =
                List.of("▁", "h", "e", "l", "o", "he", "ll", "hell", "hello", "▁hello", "▁▁", "é");
        tokens.addAll(pieces);
        float[] scores = new float[tokens.size()];
        for (int id = 0; id < scores.length; id++) {
            scores[id] = -id;
        }
        return TokenizerSpec.builder(Algorithm.SENTENCEPIECE_BPE, tokens)
                .types(types(tokens.size(), 256))
                .scores(scores)
                .bos(OptionalInt.of(BOS))
                .eos(OptionalInt.of(EOS))
                .unknown(OptionalInt.of(UNKNOWN))
                .addSpacePrefix(true);
    }

    private static List<TokenType> types(int numTokens, int numByteTokens) {
        List<TokenType> types =
                new ArrayList<>(
                        List.of(
                                TokenType.CONTROL,
                                TokenType.CONTROL,
                                TokenType.UNKNOWN,
                                TokenType.USER_DEFINED));
        while (types.size() < numTokens) {
            types.add(types.size() < 4 + numByteTokens ? TokenType.BYTE : TokenType.NORMAL);
        }
        return types;
    }
}
