package dev.nightjar.engine.format.gguf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Reads magic and version, and says what a file that is no GGUF seems to be instead. */
final class GgufSignature {
    private static final byte[] MAGIC = {'G', 'G', 'U', 'F'};
    private static final int HEAD_BYTES = 16;

    private GgufSignature() {}

    /** Moves behind the version, which is 2 or 3. */
    static int readVersion(GgufReader reader) {
        byte[] head = reader.peek(HEAD_BYTES);
        if (!Arrays.equals(MAGIC, 0, 4, head, 0, Math.min(4, head.length))) {
            throw reader.error("magic", 0, "expected GGUF, found " + describe(head));
        }
        reader.skip(MAGIC.length, "magic");
        long at = reader.position();
        int version = reader.int32("version");
        if (version != 2 && version != 3) {
            throw reader.error("version", at, versionProblem(version));
        }
        return version;
    }

    private static String versionProblem(int version) {
        if (version != 0 && (version & 0xFFFF) == 0) {
            return "expected a little-endian file, found a big-endian one (version %d);"
                            .formatted(Integer.reverseBytes(version))
                    + " convert it to little-endian";
        }
        String found = Integer.toUnsignedString(version);
        return version == 1
                ? "expected version 2 or 3, found 1, which is obsolete; convert the model again"
                : "expected version 2 or 3, found " + found;
    }

    private static String describe(byte[] head) {
        if (head.length == 0) {
            return "an empty file";
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return guess(head, text).map(kind -> kind + " (" + hex(head) + ")").orElse(hex(head));
    }

    private static Optional<String> guess(byte[] head, String text) {
        String lower = text.stripLeading().toLowerCase(Locale.ROOT);
        if (lower.startsWith("version https")) {
            return Optional.of("a git-lfs pointer instead of the file; fetch it with git lfs pull");
        }
        if (lower.startsWith("<!doctype") || lower.startsWith("<html")) {
            return Optional.of("an HTML page; the download may have failed");
        }
        if (text.startsWith("PK\003\004")) {
            return Optional.of("a zip archive, perhaps a torch checkpoint; convert it to GGUF");
        }
        if (head.length > 8 && text.charAt(8) == '{') {
            return Optional.of("what looks like safetensors; convert it to GGUF");
        }
        if (lower.startsWith("lmgg") || lower.startsWith("fmgg") || lower.startsWith("tjgg")) {
            return Optional.of("an obsolete GGML file; convert the model again");
        }
        if (text.startsWith("FUGG")) {
            return Optional.of("a GGUF magic in reverse byte order");
        }
        return Optional.empty();
    }

    private static String hex(byte[] head) {
        return "bytes " + HexFormat.ofDelimiter(" ").formatHex(head, 0, Math.min(4, head.length));
    }
}
