package dev.nightjar.tokenizer.pipeline;

import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.Vocabulary;
import dev.nightjar.tokenizer.algorithm.ByteAlphabet;
import dev.nightjar.tokenizer.algorithm.ByteTokens;
import dev.nightjar.tokenizer.decoder.Cleanup;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The last stage: ids to text, whole or token by token. */
final class TokenTexts {
    private static final byte[] NOTHING = {};

    private final Vocabulary vocabulary;
    private final Decoding decoding;

    TokenTexts(Vocabulary vocabulary, Decoding decoding) {
        this.vocabulary = vocabulary;
        this.decoding = decoding;
    }

    /** A whole text without special tokens. */
    String withoutSpecials(int[] ids) {
        String text = decode(ids, false);
        return decoding.wordSuffix().isEmpty() ? text : text.strip();
    }

    /** A whole text with special tokens as they are spelled. */
    String withSpecials(int[] ids) {
        return decode(ids, true);
    }

    private String decode(int[] ids, boolean keepsSpecials) {
        String text =
                decoding.alphabet() == Decoding.Alphabet.BYTES
                        ? joinedBytes(ids, keepsSpecials)
                        : joinedParts(ids, keepsSpecials);
        return decoding.cleanup() == Decoding.TextCleanup.SPACES ? Cleanup.ofText(text) : text;
    }

    private String joinedBytes(int[] ids, boolean keepsSpecials) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * ids.length);
        for (int id : ids) {
            bytes.writeBytes(
                    keepsSpecials && vocabulary.isControl(id) ? spelling(id) : bytesOf(id));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String joinedParts(int[] ids, boolean keepsSpecials) {
        List<String> parts = new ArrayList<>(ids.length);
        for (int id : ids) {
            TokenType type = vocabulary.type(id);
            if (type != TokenType.UNUSED && (keepsSpecials || type != TokenType.CONTROL)) {
                parts.add(vocabulary.token(id));
            }
        }
        return parts.isEmpty() ? "" : String.join("", decoding.decoder().decode(parts));
    }

    /** What a token adds to a text that it neither begins nor ends. */
    byte[] bytesOf(int id) {
        String token = vocabulary.token(id);
        return switch (vocabulary.type(id)) {
            case CONTROL, UNUSED -> NOTHING;
            case BYTE -> new byte[] {(byte) ByteTokens.valueOf(token)};
            case USER_DEFINED ->
                    decoding.alphabet() == Decoding.Alphabet.BYTES
                            ? spelling(id)
                            : between(token).getBytes(StandardCharsets.UTF_8);
            case NORMAL, UNKNOWN ->
                    decoding.alphabet() == Decoding.Alphabet.BYTES
                            ? bytesOfLetters(token)
                            : between(token).getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] spelling(int id) {
        return vocabulary.token(id).getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes of a token of letters; a word suffix reads as a space. */
    private byte[] bytesOfLetters(String token) {
        String suffix = decoding.wordSuffix();
        if (suffix.isEmpty() || !token.endsWith(suffix)) {
            return ByteAlphabet.bytesOf(token);
        }
        int stem = token.length() - suffix.length();
        byte[] letters = ByteAlphabet.bytesOf(token.substring(0, stem));
        byte[] spaced = Arrays.copyOf(letters, letters.length + 1);
        spaced[letters.length] = ' ';
        return spaced;
    }

    /** What a token gives between two others, less what those give without it. */
    private String between(String token) {
        String neighbour = token.equals("a") ? "b" : "a";
        String pair = joined(List.of(neighbour, neighbour));
        String all = joined(List.of(neighbour, token, neighbour));
        int before = neighbour.length();
        int end = all.length() - (pair.length() - before);
        return end <= before ? "" : all.substring(before, end);
    }

    private String joined(List<String> parts) {
        return String.join("", decoding.decoder().decode(parts));
    }
}
