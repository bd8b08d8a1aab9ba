package dev.nightjar.server.fleet;

import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.engine.hub.store.ModelStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where models are found. Whoever writes the configuration may name any file; whoever calls over
 * HTTP may only name models below the configured folders and those of the store.
 *
 * @param folders that callers may load from
 */
public record ModelPlaces(List<Path> folders) {

    /** Copies the list. */
    public ModelPlaces {
        folders = List.copyOf(folders);
    }

    /**
     * The file or folder that a text names: a path, or a model of this user's store.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Path find(String text) {
        Path path = path(text);
        if (Files.exists(path)) {
            return path;
        }
        return stored(text)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        ("expected a GGUF file, a model folder or a model of the"
                                                        + " store, found no '%s'; nightjar pull gets models")
                                                .formatted(text)));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException("'%s' is no path".formatted(text), invalid);
        }
    }

    private static Optional<Path> stored(String text) {
        return ModelRef.isReference(text)
                ? ModelStore.ofUser().find(ModelRef.parse(text)).map(found -> found.path())
                : Optional.empty();
    }

    /**
     * As {@link #find} for a caller: links are followed before it is decided whether the file lies
     * where callers may load from.
     *
     * @throws IllegalArgumentException if there is none, or it lies elsewhere
     */
    public Path findForCaller(String text) {
        Optional<Path> inStore = stored(text);
        if (inStore.isPresent()) {
            return inStore.get();
        }
        Path path = path(text);
        boolean isAllowed = folders.stream().anyMatch(folder -> isBelow(path, folder));
        if (!isAllowed) {
            throw new IllegalArgumentException(
                    ("models are loaded over HTTP from %s only; '%s' is not there. Put the model"
                                    + " there, pull it, or add its folder to engine.model_folders")
                            .formatted(names(), text));
        }
        return path;
    }

    private String names() {
        return folders.isEmpty()
                ? "the model store"
                : "the model store and below "
                        + folders.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private static boolean isBelow(Path path, Path folder) {
        try {
            return Files.exists(path)
                    && Files.exists(folder)
                    && path.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot look at " + folder, failed);
        }
    }
}
