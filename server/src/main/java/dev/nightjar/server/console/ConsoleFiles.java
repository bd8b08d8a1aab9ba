package dev.nightjar.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files of the console, which lie beside this class and are read when first asked for. */
final class ConsoleFiles {

    /** Nothing that leads elsewhere: no empty step, no dots but the one of the extension. */
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9-]+(/[a-z0-9-]+){0,4}\\.(html|css|js|svg)");

    /** Holds files that exist only, so it does not grow with what clients ask for. */
    private final Map<String, ConsoleFile> known = new ConcurrentHashMap<>();

    /** The file of a name such as {@code js/app.js}. */
    Optional<ConsoleFile> named(String name) {
        ConsoleFile file = known.get(name);
        if (file != null || !NAME.matcher(name).matches()) {
            return Optional.ofNullable(file);
        }
        Optional<ConsoleFile> read = read(name);
        read.ifPresent(found -> known.put(name, found));
        return read;
    }

    private static Optional<ConsoleFile> read(String name) {
        try (InputStream in = ConsoleFiles.class.getResourceAsStream(name)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(ConsoleFile.of(name, in.readAllBytes()));
        } catch (IOException damaged) {
            throw new UncheckedIOException("the console's file " + name, damaged);
        }
    }
}
