package dev.nightjar.engine.hub.store;

import dev.nightjar.engine.hub.HubException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to change one model of the store. The system gives it back when a process dies. The
 * lock file stays, as somebody else may hold the one that would be deleted.
 */
final class StoreLock implements AutoCloseable {

    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws HubException.Busy if somebody has it
     */
    static StoreLock take(Path file, String what) {
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isTaken(channel)) {
                return new StoreLock(channel);
            }
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot lock " + file, failed);
        }
        throw new HubException.Busy(
                "somebody else pulls or removes %s at this moment; wait until that has ended"
                        .formatted(what));
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock == null;
        } catch (OverlappingFileLockException byThisProcess) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot give a lock back", failed);
        }
    }
}
