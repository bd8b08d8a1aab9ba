package dev.nightjar.engine.hub.store;

import dev.nightjar.engine.hub.HubException;
import dev.nightjar.engine.hub.HubFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that is not all there yet: {@code NAME.part}, and {@code NAME.part.tag} with what the hub
 * calls this version of it. Both survive the process, so that the next one goes on where it ended.
 */
final class PartFile implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 17;
    private static final int MAX_TAG_BYTES = 1024;

    private final HubFile file;
    private final Path target;
    private final FileChannel channel;
    private ContentDigest digest;
    private long bytes;

    private PartFile(HubFile file, Path target, FileChannel channel) {
        this.file = file;
        this.target = target;
        this.channel = channel;
        this.digest = ContentDigest.of(file);
    }

    /** Opens what an earlier process left, or nothing. */
    static PartFile open(HubFile file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        FileChannel channel =
                FileChannel.open(
                        besides(target),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        PartFile part = new PartFile(file, target, channel);
        if (channel.size() > file.bytes()) {
            part.restart();
        } else {
            part.readBack();
        }
        return part;
    }

    /** Where the bytes of a file lie while some are missing. */
    static Path besides(Path target) {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    /** Bytes that are here. */
    long bytes() {
        return bytes;
    }

    boolean isWhole() {
        return bytes == file.bytes();
    }

    /** What the hub called this version of the file. */
    Optional<String> tag() throws IOException {
        Path tag = tagFile();
        return Files.exists(tag) && Files.size(tag) <= MAX_TAG_BYTES
                ? Optional.of(Files.readString(tag).strip()).filter(PartFile::isHeaderValue)
                : Optional.empty();
    }

    void rememberTag(Optional<String> tag) throws IOException {
        if (tag.isPresent() && isHeaderValue(tag.get())) {
            Files.writeString(tagFile(), tag.get());
        } else {
            Files.deleteIfExists(tagFile());
        }
    }

    /**
     * Appends bytes.
     *
     * @throws HubException.Damaged if they are more than the file has
     */
    void append(byte[] buffer, int count) throws IOException {
        if (count > file.bytes() - bytes) {
            throw new HubException.Damaged(
                    "%s: expected %d bytes, the hub sends more"
                            .formatted(file.path(), file.bytes()));
        }
        ByteBuffer rest = ByteBuffer.wrap(buffer, 0, count);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        digest.update(buffer, count);
        bytes += count;
    }

    /** Forgets all bytes. */
    void restart() throws IOException {
        channel.truncate(0);
        Files.deleteIfExists(tagFile());
        digest = ContentDigest.of(file);
        bytes = 0;
    }

    /**
     * Gives the file its name if its bytes are those that the hub lists, and forgets them if not.
     *
     * @throws HubException.Damaged if they are not
     */
    void finish() throws IOException {
        Optional<String> difference = digest.difference();
        if (difference.isPresent()) {
            restart();
            throw new HubException.Damaged(
                    "%s: expected the hash %s, found %s; its bytes are thrown away, pull again"
                            .formatted(
                                    file.path(),
                                    file.sha256().or(file::gitBlob).orElse(""),
                                    difference.get()));
        }
        channel.force(true);
        channel.close();
        Files.move(besides(target), target, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(tagFile());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private Path tagFile() {
        return target.resolveSibling(target.getFileName() + ".part.tag");
    }

    private void readBack() throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        ByteBuffer view = ByteBuffer.wrap(buffer);
        for (int count = channel.read(view); count > 0; count = channel.read(view.clear())) {
            digest.update(buffer, count);
            bytes += count;
        }
    }

    private static boolean isHeaderValue(String tag) {
        return !tag.isEmpty() && tag.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }
}
