package dev.nightjar.server.console;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A file of the console.
 *
 * @param bytes what it holds; not to be changed
 * @param mediaType what that is
 * @param tag changes whenever the bytes do; with quotes, as HTTP has it
 */
record ConsoleFile(byte[] bytes, String mediaType, String tag) {

    static final String HTML = "text/html; charset=utf-8";

    /** Everything that the console consists of. */
    private static final Map<String, String> MEDIA_TYPES =
            Map.of(
                    "html", HTML,
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml");

    private static final int TAG_BYTES = 12;

    /** Of a name that ends in one of the known extensions. */
    static ConsoleFile of(String name, byte[] bytes) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return new ConsoleFile(bytes, MEDIA_TYPES.get(extension), tag(bytes));
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "\"%s\"".formatted(HexFormat.of().formatHex(digest, 0, TAG_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
