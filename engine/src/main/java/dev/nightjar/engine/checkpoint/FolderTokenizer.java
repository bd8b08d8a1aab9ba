package dev.nightjar.engine.checkpoint;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.format.LoadedTokenizer;
import dev.nightjar.tokenizer.format.TokenizerLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The tokenizer of a model folder, which need not have one. */
final class FolderTokenizer {
    private static final String FILES =
            "{tokenizer.json,vocab.json,vocab.txt,tekken.json,*.model,*.model.v*,*.tiktoken}";

    private FolderTokenizer() {}

    /**
     * The tokenizer; empty if the folder has no file of one.
     *
     * @throws ModelFormatException if it cannot be used
     */
    static Optional<LoadedTokenizer> read(Path folder) {
        try {
            return hasFiles(folder)
                    ? Optional.of(TokenizerLoader.ofFolder(folder))
                    : Optional.empty();
        } catch (TokenizerException unfit) {
            throw new ModelFormatException(folder + ": tokenizer: " + unfit.getMessage(), unfit);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the tokenizer of " + folder, e);
        }
    }

    private static boolean hasFiles(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, FILES)) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    return true;
                }
            }
        }
        return false;
    }
}
