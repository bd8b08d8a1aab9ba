package dev.nightjar.engine.synthetic;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.gguf.GgufPairs;
import java.nio.file.Files;
import java.nio.file.Path;

/** The vocabulary that a synthetic model is given. */
public sealed interface SyntheticVocabulary permits ByteVocabulary, CopiedVocabulary {

    /**
     * A vocabulary of its own: bytes, and sequences of letters that merges lead to, so that
     * whatever such a model says is plain text.
     *
     * @param shape the shape that it will have as many tokens as
     */
    static SyntheticVocabulary plain(ModelShape shape) {
        return PlainVocabulary.ofSize(shape.vocabSize());
    }

    /**
     * That of a GGUF file, or of a folder with a byte-level vocabulary: tokenizer.json, vocab.json
     * with merges.txt, or encoder.json with vocab.bpe.
     *
     * @throws ModelFormatException if there is none, or it is of another kind
     */
    static SyntheticVocabulary of(Path path) {
        if (Files.isDirectory(path)) {
            return FolderVocabulary.read(path);
        }
        if (Files.isRegularFile(path)) {
            return new CopiedVocabulary(path);
        }
        throw new ModelFormatException(
                path + ": expected a GGUF file or a folder with a vocabulary, found neither");
    }

    /**
     * Adds the keys {@code tokenizer.*}. A vocabulary that is smaller than the model is filled with
     * tokens that stand for nothing, as converters of published models do.
     *
     * @throws ModelFormatException if it is larger than the model
     */
    void addTo(GgufPairs pairs, int vocabSize);

    /** Checks a size. */
    static void requireFit(String name, int numTokens, int vocabSize) {
        if (numTokens > vocabSize) {
            throw new ModelFormatException(
                    "%s: the vocabulary has %d tokens, the shape room for %d; choose a larger shape"
                            .formatted(name, numTokens, vocabSize));
        }
    }
}
