package dev.nightjar.engine.format.hf.encoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Whether the folder of a decoder is that of Qwen3-Reranker. Its configuration is that of a model
 * of text, so that only names tell: the folder's own, or the title of its README, as converters to
 * GGUF do it.
 */
public final class JudgeFolder {

    private static final String NAME = "qwen3-reranker";
    private static final int MAX_BYTES = 1 << 16;

    private JudgeFolder() {}

    /** What the names say. */
    public static boolean judges(Path folder) {
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        return name.toLowerCase(Locale.ROOT).contains(NAME) || isTitled(folder);
    }

    private static boolean isTitled(Path folder) {
        Path readme = folder.resolve("README.md");
        if (!Files.isRegularFile(readme)) {
            return false;
        }
        try (var in = Files.newInputStream(readme)) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            return text.toLowerCase(Locale.ROOT).contains("# " + NAME);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + readme, e);
        }
    }
}
