package dev.nightjar.server.cli.flags;

import dev.nightjar.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/**
 * A model file, with the name to serve it under if that is not the file's.
 *
 * @param name if given
 * @param file a GGUF file
 */
public record NamedModel(Optional<String> name, Path file) {

    /** Reads {@code FILE} or {@code NAME=FILE}; a path may hold a '=' behind its first slash. */
    public static NamedModel parse(String text) {
        int at = text.indexOf('=');
        boolean isNamed = at > 0 && !Files.exists(Path.of(text));
        Optional<String> name = isNamed ? Optional.of(text.substring(0, at)) : Optional.empty();
        Path file = Path.of(isNamed ? text.substring(at + 1) : text);
        if (!Files.isRegularFile(file)) {
            throw new TypeConversionException(
                    "expected a GGUF file, found "
                            + (Files.exists(file) ? "a folder: " : "no such file: ")
                            + file);
        }
        return new NamedModel(name, file);
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
