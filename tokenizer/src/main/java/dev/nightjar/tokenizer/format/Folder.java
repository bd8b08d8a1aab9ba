package dev.nightjar.tokenizer.format;

import dev.nightjar.tokenizer.TokenizerFormatException;
import dev.nightjar.tokenizer.format.syntax.JsonFile;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import dev.nightjar.tokenizer.format.syntax.JsonPath;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The files of a checkpoint.
 *
 * @param path where they lie
 */
record Folder(Path path) {
    /** The largest file that is read whole; the largest published ones have a tenth. */
    private static final long MAX_BYTES = 1L << 29;

    /** The file of this name, if it is there. */
    Optional<Path> file(String name) {
        Path file = path.resolve(name);
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /** The first file, by name, that matches a pattern such as {@code *.model}. */
    Optional<Path> firstMatch(String glob) throws IOException {
        TreeSet<Path> matches = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, glob)) {
            files.forEach(matches::add);
        }
        return matches.stream().filter(Files::isRegularFile).findFirst();
    }

    byte[] bytes(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new TokenizerFormatException(
                    "%s: expected at most %d bytes, found %d".formatted(file, MAX_BYTES, size));
        }
        return Files.readAllBytes(file);
    }

    /** A JSON file as a node; an empty object if it is not there. */
    JsonNode json(String name) throws IOException {
        Optional<Path> file = file(name);
        return file.isPresent()
                ? JsonFile.read(bytes(file.get()), file.get().toString())
                : new JsonNode(Map.of(), JsonPath.ROOT, new JsonNode.Place(name, 0, 0));
    }
}
