package dev.nightjar.tokenizer.format.model;

import dev.nightjar.tokenizer.Algorithm;
import dev.nightjar.tokenizer.SentencePieceRules;
import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.TokenizerFormatException;
import dev.nightjar.tokenizer.TokenizerSpec;
import dev.nightjar.tokenizer.TokenizerSpecBuilder;
import dev.nightjar.tokenizer.format.syntax.ProtoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads a SentencePiece model ({@code tokenizer.model}, {@code spiece.model}, {@code source.spm}),
 * a protobuf message.
 *
 * <pre>
 * ModelProto      1 pieces, repeated   2 trainer_spec   3 normalizer_spec   5 denormalizer_spec
 * SentencePiece   1 piece   2 score (float)   3 type (1 normal … 6 byte, as {@link TokenType})
 * TrainerSpec     3 model_type (1 unigram, 2 bpe, 3 word, 4 char)   24 treat_whitespace_as_suffix
 *                 35 byte_fallback   40 unk_id   41 bos_id   42 eos_id   43 pad_id   44 unk_surface
 * NormalizerSpec  2 precompiled_charsmap   3 add_dummy_prefix   4 remove_extra_whitespaces
 *                 5 escape_whitespaces
 * </pre>
 *
 * <p>Memory follows the size of the file. The file does not say whether BOS and EOS are added to a
 * prompt: the configuration beside it does, and {@link #read} adds neither.
 */
public final class SentencePieceFile {
    private static final int NUM_BYTES = 256;

    private final List<String> pieces = new ArrayList<>();
    private final List<TokenType> types = new ArrayList<>();
    private float[] scores = new float[1024];
    private final Trainer trainer = new Trainer();
    private final Normalizer normalizer = new Normalizer();
    private final Normalizer denormalizer = new Normalizer();

    private SentencePieceFile() {}

    /** TrainerSpec, with the defaults of the format. */
    private static final class Trainer {
        private long modelType = 1;
        private boolean whitespaceAsSuffix;
        private boolean byteFallback;
        private long bos = 1;
        private long eos = 2;
        private long padding = -1;
        private String unknownSurface = SentencePieceRules.DEFAULT_UNKNOWN_SURFACE;

        private void read(ProtoReader message) {
            while (message.next()) {
                switch (message.field()) {
                    case 3 -> modelType = message.integer();
                    case 24 -> whitespaceAsSuffix = message.bool();
                    case 35 -> byteFallback = message.bool();
                    case 41 -> bos = message.integer();
                    case 42 -> eos = message.integer();
                    case 43 -> padding = message.integer();
                    case 44 -> unknownSurface = message.string();
                    default -> message.skip();
                }
            }
        }
    }

    /** NormalizerSpec, with the defaults of the format. */
    private static final class Normalizer {
        private byte[] charsMap = {};
        private boolean addDummyPrefix = true;
        private boolean removeExtraWhitespaces = true;
        private boolean escapeWhitespaces = true;

        private void read(ProtoReader message) {
            while (message.next()) {
                switch (message.field()) {
                    case 2 -> charsMap = message.bytes();
                    case 3 -> addDummyPrefix = message.bool();
                    case 4 -> removeExtraWhitespaces = message.bool();
                    case 5 -> escapeWhitespaces = message.bool();
                    default -> message.skip();
                }
            }
        }
    }

    /**
     * The tokenizer of a model file.
     *
     * @throws TokenizerFormatException if the file is damaged, or is a word or character model
     */
    public static TokenizerSpecBuilder read(Path file) throws IOException {
        try {
            return parse(Files.readAllBytes(file));
        } catch (TokenizerFormatException e) {
            throw new TokenizerFormatException(file + ": " + e.getMessage());
        }
    }

    /**
     * The tokenizer of a model file's bytes.
     *
     * @throws TokenizerFormatException as {@link #read}
     */
    public static TokenizerSpecBuilder parse(byte[] bytes) {
        SentencePieceFile file = new SentencePieceFile();
        file.readModel(ProtoReader.of(bytes));
        return file.spec();
    }

    private void readModel(ProtoReader message) {
        while (message.next()) {
            switch (message.field()) {
                case 1 -> readPiece(message.message());
                case 2 -> trainer.read(message.message());
                case 3 -> normalizer.read(message.message());
                case 5 -> denormalizer.read(message.message());
                default -> message.skip();
            }
        }
    }

    private void readPiece(ProtoReader message) {
        String piece = "";
        float score = 0;
        long type = TokenType.NORMAL.code();
        while (message.next()) {
            switch (message.field()) {
                case 1 -> piece = message.string();
                case 2 -> score = message.number();
                case 3 -> type = message.integer();
                default -> message.skip();
            }
        }
        if (piece.isEmpty() || type < 1 || type > TokenType.values().length) {
            throw message.error(
                    "piece %d: expected text and a type from 1 to 6, found \"%s\" of type %d"
                            .formatted(pieces.size(), piece, type));
        }
        if (pieces.size() == scores.length) {
            scores = Arrays.copyOf(scores, scores.length + (scores.length >> 1));
        }
        scores[pieces.size()] = score;
        pieces.add(piece);
        types.add(TokenType.ofCode((int) type));
    }

    private TokenizerSpecBuilder spec() {
        if (pieces.isEmpty()) {
            throw new TokenizerFormatException(
                    "expected a SentencePiece model, found no piece in the file");
        }
        requireBytes();
        return TokenizerSpec.builder(algorithm(), pieces)
                .scores(Arrays.copyOf(scores, pieces.size()))
                .types(types)
                .bos(id(trainer.bos))
                .eos(id(trainer.eos))
                .padding(id(trainer.padding))
                .unknown(unknown())
                .addSpacePrefix(normalizer.addDummyPrefix)
                .sentencePieceRules(
                        new SentencePieceRules(
                                normalizer.charsMap,
                                normalizer.addDummyPrefix,
                                normalizer.removeExtraWhitespaces,
                                normalizer.escapeWhitespaces,
                                trainer.whitespaceAsSuffix,
                                trainer.unknownSurface,
                                denormalizer.charsMap));
    }

    private Algorithm algorithm() {
        return switch ((int) trainer.modelType) {
            case 1 -> Algorithm.UNIGRAM;
            case 2 -> Algorithm.SENTENCEPIECE_BPE;
            default ->
                    throw new TokenizerFormatException(
                            ("model_type: expected 1 (unigram) or 2 (bpe), found %d; word and"
                                            + " character models are not implemented")
                                    .formatted(trainer.modelType));
        };
    }

    /** An id that is outside the vocabulary means that there is no such token. */
    private OptionalInt id(long id) {
        return id >= 0 && id < pieces.size() ? OptionalInt.of((int) id) : OptionalInt.empty();
    }

    /** The piece of type unknown; the number in the trainer's part is a wish, and can be stale. */
    private OptionalInt unknown() {
        int id = types.indexOf(TokenType.UNKNOWN);
        if (id < 0) {
            throw new TokenizerFormatException(
                    "expected a piece of type unknown, found none; use an undamaged model");
        }
        return OptionalInt.of(id);
    }

    private void requireBytes() {
        long numBytes = types.stream().filter(type -> type == TokenType.BYTE).count();
        if (numBytes != (trainer.byteFallback ? NUM_BYTES : 0)) {
            throw new TokenizerFormatException(
                    "byte_fallback is %b: expected %d byte pieces, found %d"
                            .formatted(
                                    trainer.byteFallback,
                                    trainer.byteFallback ? NUM_BYTES : 0,
                                    numBytes));
        }
    }
}
