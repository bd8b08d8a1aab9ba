package dev.nightjar.engine.hub.store;

import dev.nightjar.engine.hub.HubFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Compares bytes with the hash that a hub lists for them: SHA-256 of large files; of others the
 * SHA-1 of the git object, which is that of {@code "blob <size>\0"} and the bytes. A file without
 * either is known by its size alone.
 */
final class ContentDigest {

    private final Optional<MessageDigest> digest;
    private final Optional<String> expected;

    private ContentDigest(Optional<MessageDigest> digest, Optional<String> expected) {
        this.digest = digest;
        this.expected = expected;
    }

    static ContentDigest of(HubFile file) {
        if (file.sha256().isPresent()) {
            return new ContentDigest(Optional.of(digest("SHA-256")), file.sha256());
        }
        if (file.gitBlob().isPresent()) {
            MessageDigest sha1 = digest("SHA-1");
            sha1.update(("blob " + file.bytes() + "\0").getBytes(StandardCharsets.UTF_8));
            return new ContentDigest(Optional.of(sha1), file.gitBlob());
        }
        return new ContentDigest(Optional.empty(), Optional.empty());
    }

    /** Adds the next bytes. */
    void update(byte[] bytes, int count) {
        digest.ifPresent(each -> each.update(bytes, 0, count));
    }

    /** The hash that was found, if it is not the expected one; ends this digest. */
    Optional<String> difference() {
        return digest.map(each -> HexFormat.of().formatHex(each.digest()))
                .filter(found -> !found.equals(expected.orElseThrow()));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no " + algorithm, missing);
        }
    }
}
