package dev.nightjar.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The console's files as they lie in the sources. */
final class Sources {

    private static final Path FOLDER =
            Path.of("src/main/resources/dev/nightjar/server/console").toAbsolutePath();

    private Sources() {}

    /** Their names, such as {@code js/app.js}. */
    static List<String> names() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** As it was built from the sources. */
    static String text(String name) {
        try (InputStream in = ConsoleFiles.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Names with texts, of files with this extension. */
    static TreeMap<String, String> texts(String extension) {
        TreeMap<String, String> texts = new TreeMap<>();
        names().stream()
                .filter(name -> name.endsWith("." + extension))
                .forEach(name -> texts.put(name, text(name)));
        return texts;
    }
}
