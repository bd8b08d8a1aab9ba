package dev.nightjar.server.cli.flags;

import dev.nightjar.engine.hub.HubException;
import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.engine.hub.store.ModelStore;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Turns a path, or the name of a model in this user's store, into a path. What exists is a path.
 */
public final class ModelPath implements ITypeConverter<Path> {

    @Override
    public Path convert(String text) {
        return of(text);
    }

    /** Whether the text names a model of the store rather than a file. */
    static boolean isStored(String text) {
        return !Files.exists(Path.of(text)) && ModelRef.isReference(text);
    }

    /**
     * The path that is meant; need not exist unless it is that of a model in the store.
     *
     * @throws TypeConversionException saying how to get a model that is not in the store
     */
    static Path of(String text) {
        if (!isStored(text)) {
            return Path.of(text);
        }
        try {
            return ModelStore.ofUser().require(ModelRef.parse(text)).path();
        } catch (HubException missing) {
            throw new TypeConversionException(
                    "no such file: " + text + ", and " + missing.getMessage());
        }
    }
}
