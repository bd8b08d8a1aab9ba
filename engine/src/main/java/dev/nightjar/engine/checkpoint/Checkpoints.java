package dev.nightjar.engine.checkpoint;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.hf.lookup.StaticFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Opens checkpoints by what a path leads to. */
public final class Checkpoints {

    private static final String CONFIG = "config.json";

    private Checkpoints() {}

    /**
     * Opens a GGUF file, a folder with a {@code config.json} or with a table of token vectors, or a
     * file of weights inside of a folder with a {@code config.json}.
     *
     * @throws ModelFormatException if it is none of these or damaged
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static Checkpoint open(Path path) {
        if (Files.isDirectory(path)) {
            Optional<StaticFolder> table = StaticFolder.find(path);
            if (table.isPresent()) {
                return StaticCheckpoint.open(table.get());
            }
            if (!Files.isRegularFile(path.resolve(CONFIG))) {
                throw new ModelFormatException(
                        "%s: expected a folder with %s, found none in it; name a GGUF file or a model folder"
                                .formatted(path, CONFIG));
            }
            return HfCheckpoint.open(path, path);
        }
        Path folder = path.toAbsolutePath().getParent();
        if (isWeightFile(path) && Files.isRegularFile(folder.resolve(CONFIG))) {
            return HfCheckpoint.open(folder, path);
        }
        if (isWeightFile(path)) {
            throw new ModelFormatException(
                    "%s: expected %s beside it, which says what the weights are, found none"
                            .formatted(path, CONFIG));
        }
        return new GgufCheckpoint(GgufFile.open(path));
    }

    /** The name that a model gets from its path: that of the file, or of the folder. */
    public static String defaultName(Path path) {
        boolean isFolder = Files.isDirectory(path);
        Path absolute = path.toAbsolutePath().normalize();
        Path named = isFolder || !isWeightFile(path) ? absolute : absolute.getParent();
        Path fileName = named.getFileName();
        if (fileName == null) {
            return named.toString();
        }
        return isFolder || isWeightFile(path)
                ? fileName.toString()
                : fileName.toString().replaceFirst("(-00001-of-\\d{5})?\\.gguf$", "");
    }

    /** Whether a file holds the weights of a model folder, whatever its bytes look like. */
    public static boolean isOfFolder(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        return isWeightFile(path) && folder != null && Files.isRegularFile(folder.resolve(CONFIG));
    }

    private static boolean isWeightFile(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".safetensors")
                || name.endsWith(".bin")
                || name.endsWith(".pt")
                || name.endsWith(".pth")
                || name.endsWith(".index.json");
    }
}
