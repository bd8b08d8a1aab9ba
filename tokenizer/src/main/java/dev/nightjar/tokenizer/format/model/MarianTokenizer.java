package dev.nightjar.tokenizer.format.model;

import dev.nightjar.tokenizer.IncrementalDecoder;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.Vocabulary;
import dev.nightjar.tokenizer.encoding.Assembler;
import dev.nightjar.tokenizer.encoding.Encoding;
import dev.nightjar.tokenizer.encoding.EncodingException;
import dev.nightjar.tokenizer.encoding.EncodingOptions;
import dev.nightjar.tokenizer.encoding.PostProcessor;
import dev.nightjar.tokenizer.encoding.TextInput;
import dev.nightjar.tokenizer.encoding.TokenSpan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A Marian translation model: the source language's SentencePiece model cuts the text, and a
 * vocabulary that both languages share gives the ids. Pieces outside it become the unknown token.
 */
public final class MarianTokenizer implements Tokenizer {
    private static final char SPACE_SYMBOL = '\u2581';

    private final Tokenizer source;
    private final Vocabulary vocabulary;
    private final int[] idOfPiece;
    private final OptionalInt eos;
    private final Assembler assembler;

    /**
     * A tokenizer.
     *
     * @param source cuts text into pieces
     * @param vocabulary the tokens of both languages, an unknown one among its special ids
     * @throws TokenizerException if the vocabulary has no unknown token
     */
    public MarianTokenizer(Tokenizer source, Vocabulary vocabulary) {
        this.source = source;
        this.vocabulary = vocabulary;
        this.eos = vocabulary.eos();
        this.assembler = new Assembler(PostProcessor.around(OptionalInt.empty(), eos));
        int unknown =
                vocabulary
                        .unknown()
                        .orElseThrow(
                                () ->
                                        new TokenizerException(
                                                "expected an unknown token such as <unk>, found"
                                                        + " none; use the checkpoint's vocab.json"));
        idOfPiece = new int[source.vocabulary().size()];
        Arrays.setAll(
                idOfPiece,
                piece -> vocabulary.id(source.vocabulary().token(piece)).orElse(unknown));
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public int[] encode(String text) {
        return ids(source.encode(text));
    }

    @Override
    public int[] encodeRendered(String text) {
        return ids(source.encodeRendered(text));
    }

    private int[] ids(int[] pieces) {
        return Arrays.stream(pieces).map(piece -> idOfPiece[piece]).toArray();
    }

    /** The places of tokens are not known: all are 0. */
    @Override
    public Encoding encode(TextInput input, EncodingOptions options) {
        boolean isRecognized = options.spellings() == EncodingOptions.Spellings.RECOGNIZED;
        try {
            return assembler.assemble(
                    span(isRecognized ? encodeRendered(input.text()) : encode(input.text())),
                    input.pair()
                            .map(pair -> span(isRecognized ? encodeRendered(pair) : encode(pair))),
                    options);
        } catch (EncodingException e) {
            throw new TokenizerException(e.getMessage(), e);
        }
    }

    private static TokenSpan span(int[] ids) {
        return new TokenSpan(ids, new int[ids.length], new int[ids.length]);
    }

    /** These models begin without BOS. */
    @Override
    public int[] withBos(int[] ids) {
        return ids.clone();
    }

    @Override
    public int[] withSpecials(int[] ids) {
        boolean isEnded = eos.isEmpty() || ids.length > 0 && ids[ids.length - 1] == eos.getAsInt();
        int[] all = Arrays.copyOf(ids, isEnded ? ids.length : ids.length + 1);
        if (!isEnded) {
            all[ids.length] = eos.getAsInt();
        }
        return all;
    }

    @Override
    public String decode(int[] ids) {
        return joined(ids, this::text);
    }

    @Override
    public String decodeWithSpecials(int[] ids) {
        return joined(ids, id -> vocabulary.token(id).replace(SPACE_SYMBOL, ' '));
    }

    /** The space before the first word is none of the text. */
    private static String joined(int[] ids, IntFunction<String> textOf) {
        String text = Arrays.stream(ids).mapToObj(textOf).collect(Collectors.joining());
        return text.startsWith(" ") ? text.substring(1) : text;
    }

    private String text(int id) {
        return switch (vocabulary.type(id)) {
            case CONTROL, UNUSED, UNKNOWN -> "";
            case NORMAL, USER_DEFINED, BYTE -> vocabulary.token(id).replace(SPACE_SYMBOL, ' ');
        };
    }

    @Override
    public byte[] bytesOf(int id) {
        return text(id).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public IncrementalDecoder decoder() {
        return IncrementalDecoder.ofBytes(this::bytesOf);
    }
}
