package dev.nightjar.tokenizer.format.model;

import dev.nightjar.tokenizer.TokenizerFormatException;
import dev.nightjar.tokenizer.TokenizerSpecBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a file that is called {@code tokenizer.model} or the like, whatever is inside:
 * SentencePiece (Llama 2, Mistral, T5) or tiktoken (Llama 3).
 */
public final class TokenizerModelFile {
    private TokenizerModelFile() {}

    /**
     * The tokenizer of the file, by its content rather than by its name.
     *
     * @throws TokenizerFormatException if the file is damaged, or is neither of them
     */
    public static TokenizerSpecBuilder read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return TiktokenFile.isTiktoken(bytes)
                    ? TiktokenFile.parse(bytes)
                    : SentencePieceFile.parse(bytes);
        } catch (TokenizerFormatException e) {
            throw new TokenizerFormatException(file + ": " + e.getMessage());
        }
    }
}
