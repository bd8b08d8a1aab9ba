package dev.nightjar.server.cli.flags;

import dev.nightjar.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/**
 * A model file or folder, with the name to serve it under if that is not the file's.
 *
 * @param name if given, or the reference of a model in the store
 * @param file a GGUF file, a model folder or a model of rows
 */
public record NamedModel(Optional<String> name, Path file) {

    /**
     * Reads {@code MODEL} or {@code NAME=MODEL}, where a model is a file or the reference of one in
     * the store, which is its name too; a path may hold a '=' behind its first slash.
     */
    public static NamedModel parse(String text) {
        int at = text.indexOf('=');
        boolean isNamed = at > 0 && !Files.exists(Path.of(text));
        String model = isNamed ? text.substring(at + 1) : text;
        Path file = ModelPath.of(model);
        boolean isStored = ModelPath.isStored(model);
        if (!Files.exists(file)) {
            throw new TypeConversionException(
                    "expected a GGUF file, a model folder or a model of rows, found no such file: "
                            + file);
        }
        Optional<String> name = isStored ? Optional.of(model) : Optional.empty();
        return new NamedModel(isNamed ? Optional.of(text.substring(0, at)) : name, file);
    }

    /** Adds the model under its name. */
    public void addTo(Engine.Builder engine) {
        if (name.isPresent()) {
            engine.model(name.get(), file);
        } else {
            engine.model(file);
        }
    }
}
