package dev.nightjar.engine.hub.select;

import dev.nightjar.engine.hub.HubFile;
import java.util.List;

/**
 * The files of a repository that make up one model.
 *
 * @param variant which of the models of the repository: a quantization such as {@code Q4_K_M}, the
 *     name of a GGUF file that says none, {@link #SAFETENSORS} or {@link #TORCH}; safe as a file
 *     name
 * @param files what has to be fetched; parts of a split file in their order
 */
public record FileSet(String variant, List<HubFile> files) {

    /** A folder with weights in safetensors files. */
    public static final String SAFETENSORS = "safetensors";

    /** A folder with weights in torch checkpoints. */
    public static final String TORCH = "torch";

    /** Copies the list. */
    public FileSet {
        files = List.copyOf(files);
    }

    /** All bytes of the set. */
    public long totalBytes() {
        return files.stream().mapToLong(HubFile::bytes).sum();
    }
}
