package dev.nightjar.tokenizer.format.model;

import dev.nightjar.tokenizer.Algorithm;
import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.TokenizerFormatException;
import dev.nightjar.tokenizer.TokenizerSpec;
import dev.nightjar.tokenizer.TokenizerSpecBuilder;
import dev.nightjar.tokenizer.algorithm.ByteAlphabet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads a tiktoken file: one line for each token, its bytes in base64, a space and its rank, which
 * is its id. Bytes merge into the token of the lowest rank; there is no list of merges.
 *
 * <pre>
 * IQ== 0
 * Ig== 1
 * </pre>
 *
 * <p>Memory follows the size of the file: ranks beyond the number of lines and a few reserved ids
 * are refused.
 */
public final class TiktokenFile {
    /** Tokens are short; a longer one would only cost time. */
    private static final int MAX_TOKEN_BYTES = 1024;

    /** More ids than lines may be missing, where control tokens stand. */
    private static final int MAX_MISSING = 1024;

    private static final int MAX_LINE_BYTES = MAX_TOKEN_BYTES / 3 * 4 + 16;

    private final byte[] bytes;
    private final List<String> tokens = new ArrayList<>();
    private int[] ranks = new int[1024];
    private int position;

    private TiktokenFile(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether these bytes begin like such a file: a line of base64, a space and digits. */
    public static boolean isTiktoken(byte[] bytes) {
        int i = 0;
        while (i < bytes.length && i < MAX_LINE_BYTES && isBase64(bytes[i])) {
            i++;
        }
        int space = i++;
        while (i < bytes.length && i < MAX_LINE_BYTES && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        boolean isLine =
                i == bytes.length || i < bytes.length && (bytes[i] == '\n' || bytes[i] == '\r');
        return space > 0 && space < bytes.length && bytes[space] == ' ' && i > space + 1 && isLine;
    }

    /**
     * The tokenizer of a file whose encoding is recognised by the number of its ranks.
     *
     * @throws TokenizerFormatException if the file is damaged, or its encoding is not known
     */
    public static TokenizerSpecBuilder read(Path path) throws IOException {
        try {
            return parse(Files.readAllBytes(path));
        } catch (TokenizerFormatException e) {
            throw new TokenizerFormatException(path + ": " + e.getMessage());
        }
    }

    /**
     * The tokenizer of a file's bytes, as {@link #read(Path)}.
     *
     * @throws TokenizerFormatException if the file is damaged, or its encoding is not known
     */
    public static TokenizerSpecBuilder parse(byte[] bytes) {
        TiktokenFile file = new TiktokenFile(bytes);
        file.readLines();
        TiktokenEncoding encoding =
                TiktokenEncoding.ofSize(file.tokens.size())
                        .orElseThrow(() -> unknownEncoding(file.tokens.size()));
        return file.spec(encoding);
    }

    /**
     * The tokenizer of a file's bytes in an encoding that the caller knows.
     *
     * @throws TokenizerFormatException if the file is damaged, or a control token has the id of
     *     another
     */
    public static TokenizerSpecBuilder parse(byte[] bytes, TiktokenEncoding encoding) {
        TiktokenFile file = new TiktokenFile(bytes);
        file.readLines();
        return file.spec(encoding);
    }

    private static TokenizerFormatException unknownEncoding(int numRanks) {
        return new TokenizerFormatException(
                "expected the ranks of a known encoding (%s), found %d ranks; use tokenizer.json"
                        .formatted(
                                TiktokenEncoding.known().stream()
                                        .map(e -> e.name() + " " + e.numRanks())
                                        .collect(Collectors.joining(", ")),
                                numRanks));
    }

    private void readLines() {
        while (position < bytes.length) {
            int end = position;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            int lineEnd = end > position && bytes[end - 1] == '\r' ? end - 1 : end;
            if (lineEnd > position) {
                readLine(position, lineEnd);
            }
            position = end + 1;
        }
    }

    private void readLine(int from, int to) {
        int space = from;
        while (space < to && bytes[space] != ' ') {
            space++;
        }
        if (to - from > MAX_LINE_BYTES || space == to) {
            throw error(
                    "a line of at most %d bytes with a space".formatted(MAX_LINE_BYTES), from, to);
        }
        byte[] token = token(from, space);
        if (token.length == 0 || token.length > MAX_TOKEN_BYTES) {
            throw error("a token of 1 to %d bytes".formatted(MAX_TOKEN_BYTES), from, to);
        }
        if (tokens.size() == ranks.length) {
            ranks = Arrays.copyOf(ranks, ranks.length + (ranks.length >> 1));
        }
        ranks[tokens.size()] = rank(space + 1, from, to);
        tokens.add(letters(token));
    }

    private byte[] token(int from, int space) {
        try {
            return Base64.getDecoder().decode(Arrays.copyOfRange(bytes, from, space));
        } catch (IllegalArgumentException e) {
            throw error("a token in base64", from, space);
        }
    }

    private int rank(int start, int from, int to) {
        long rank = 0;
        for (int i = start; i < to; i++) {
            int digit = bytes[i] - '0';
            rank = 10 * rank + digit;
            if (digit < 0 || digit > 9 || rank > Integer.MAX_VALUE) {
                throw error("a rank below 2^31 in digits", from, to);
            }
        }
        if (start == to) {
            throw error("a rank behind the space", from, to);
        }
        return (int) rank;
    }

    private static String letters(byte[] token) {
        StringBuilder letters = new StringBuilder(token.length);
        for (byte value : token) {
            letters.append(ByteAlphabet.letter(value & 0xFF));
        }
        return letters.toString();
    }

    private TokenizerSpecBuilder spec(TiktokenEncoding encoding) {
        int size = size(encoding);
        List<String> byId = new ArrayList<>(Collections.nCopies(size, null));
        List<TokenType> types = new ArrayList<>(Collections.nCopies(size, TokenType.UNUSED));
        for (int i = 0; i < tokens.size(); i++) {
            put(byId, types, ranks[i], tokens.get(i), TokenType.NORMAL);
        }
        encoding.controlTokens()
                .forEach((token, id) -> put(byId, types, id, token, TokenType.CONTROL));
        byId.replaceAll(token -> token == null ? "" : token);
        return TokenizerSpec.builder(Algorithm.BYTE_RANKS, byId)
                .types(types)
                .preTokenizer(encoding.preTokenizer())
                .bos(encoding.bos())
                .eos(encoding.eos())
                .addBos(encoding.bos().isPresent());
    }

    private int size(TiktokenEncoding encoding) {
        if (tokens.isEmpty()) {
            throw new TokenizerFormatException(
                    "expected lines of a token in base64 and its rank, found none");
        }
        int last = Arrays.stream(ranks, 0, tokens.size()).max().orElseThrow();
        if (last >= tokens.size() + MAX_MISSING) {
            throw new TokenizerFormatException(
                    "expected ranks below %d for %d tokens, found %d"
                            .formatted(tokens.size() + MAX_MISSING, tokens.size(), last));
        }
        int lastControl =
                encoding.controlTokens().values().stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0);
        return Math.max(last, lastControl) + 1;
    }

    private static void put(
            List<String> tokens, List<TokenType> types, int id, String token, TokenType type) {
        if (tokens.get(id) != null) {
            throw new TokenizerFormatException(
                    "rank %d: expected one token, found \"%s\" and \"%s\""
                            .formatted(id, tokens.get(id), token));
        }
        tokens.set(id, token);
        types.set(id, type);
    }

    private TokenizerFormatException error(String expected, int from, int to) {
        String line = new String(bytes, from, Math.min(to - from, 40), StandardCharsets.ISO_8859_1);
        return new TokenizerFormatException(
                "line %d: expected %s, found \"%s\"".formatted(tokens.size() + 1, expected, line));
    }

    private static boolean isBase64(byte value) {
        return value >= '0' && value <= '9'
                || (value | 0x20) >= 'a' && (value | 0x20) <= 'z'
                || value == '+'
                || value == '/'
                || value == '=';
    }
}
