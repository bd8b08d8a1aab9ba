package dev.nightjar.server.cli.bench;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.accuracy.ChunkedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A text to predict and how it is cut. */
final class TextFlags {

    private static final int USUAL_CONTEXT = 512;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "TEXT",
            description = "A text file in UTF-8.")
    private Path file;

    @Option(
            names = "--ctx",
            paramLabel = "N",
            description =
                    "Tokens per chunk; default: 512, or the model's context if that is shorter.")
    private Integer context;

    @Option(
            names = "--chunks",
            paramLabel = "N",
            description = "Score no more than the first N chunks; default: all.")
    private int maxChunks = Integer.MAX_VALUE;

    boolean isGiven() {
        return file != null;
    }

    /** The text in chunks. */
    ChunkedText read(TextModel model) throws IOException {
        if (file == null) {
            throw new InvalidRequestException("file", "there is no text to score; give --file");
        }
        if (maxChunks < 1) {
            throw new InvalidRequestException(
                    "chunks", "--chunks: expected at least 1, found " + maxChunks);
        }
        int size = context == null ? Math.min(USUAL_CONTEXT, model.maxContext()) : context;
        return ChunkedText.of(model, Files.readString(file), size, maxChunks);
    }
}
