package dev.nightjar.engine.hub;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of a repository.
 *
 * @param path its name, relative to the repository, with '/' between folders; never leads out of it
 * @param bytes its size
 * @param sha256 hash of its bytes in hexadecimal; large files have one
 * @param gitBlob SHA-1 of the git object in hexadecimal; small files have one
 */
public record HubFile(String path, long bytes, Optional<String> sha256, Optional<String> gitBlob) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");

    /**
     * Checks what a hub or a file said.
     *
     * @throws HubException.BadAnswer naming what is wrong
     */
    public HubFile {
        if (RelativeName.isHostile(path) || !RelativeName.isPortable(path)) {
            throw new HubException.BadAnswer(
                    "the listing is refused: '%s' is no name of a file inside a repository"
                            .formatted(printable(path)));
        }
        require(bytes >= 0, path, "a size of at least 0", Long.toString(bytes));
        sha256.ifPresent(hash -> require(SHA256.matcher(hash).matches(), path, "a SHA-256", hash));
        gitBlob.ifPresent(hash -> require(SHA1.matcher(hash).matches(), path, "a SHA-1", hash));
    }

    /** The last segment of the path. */
    public String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void require(boolean isValid, String path, String expected, String found) {
        if (!isValid) {
            throw new HubException.BadAnswer(
                    "%s: expected %s, found '%s'".formatted(path, expected, printable(found)));
        }
    }

    /** A name from outside must not write control characters to a terminal. */
    private static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 100 ? line : line.substring(0, 100) + "…";
    }
}
