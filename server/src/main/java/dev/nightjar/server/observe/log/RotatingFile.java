package dev.nightjar.server.observe.log;

import dev.nightjar.server.yaml.ConfigException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file that is put aside when it is full: {@code name} becomes {@code name.1}, that {@code
 * name.2}, and the oldest goes. Whole writes go to one file. Thread-safe.
 */
final class RotatingFile extends OutputStream {

    private final Path path;
    private final long maxBytes;
    private final int kept;
    private final ReentrantLock lock = new ReentrantLock();
    private OutputStream out;
    private long size;

    private RotatingFile(Path path, long maxBytes, int kept) throws IOException {
        this.path = path;
        this.maxBytes = maxBytes;
        this.kept = kept;
        begin();
    }

    /**
     * Goes on with a file that is there.
     *
     * @throws ConfigException if it cannot be written
     */
    static RotatingFile open(Path path, long maxBytes, int kept) {
        try {
            return new RotatingFile(path, maxBytes, kept);
        } catch (IOException failed) {
            throw new ConfigException(
                    "the access log %s cannot be written: %s; name a file in a folder that exists"
                            .formatted(path, failed.getMessage()));
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        lock.lock();
        try {
            if (size > 0 && size + length > maxBytes) {
                rotate();
            }
            out.write(bytes, from, length);
            size += length;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            out.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("the access log cannot be closed", failed);
        } finally {
            lock.unlock();
        }
    }

    private void begin() throws IOException {
        out = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(path);
    }

    private void rotate() throws IOException {
        out.close();
        for (int i = kept; i > 0; i--) {
            Path from = i == 1 ? path : aside(i - 1);
            if (Files.exists(from)) {
                Files.move(from, aside(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (kept == 0) {
            Files.delete(path);
        }
        begin();
    }

    private Path aside(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }
}
