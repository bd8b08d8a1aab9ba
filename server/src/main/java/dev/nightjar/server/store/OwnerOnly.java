package dev.nightjar.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that nobody but their owner can read, where the file system knows owners. */
public final class OwnerOnly {

    private static final String OWNER_TEXT = "rw-------";
    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString(OWNER_TEXT);

    private OwnerOnly() {}

    /** Makes a folder and those above it; one that is there stays as it is. */
    public static void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, permissions("rwx------"));
        }
    }

    /**
     * Makes a file, readable by others at no time, and has it on the disk when it returns.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it is there
     */
    public static void file(Path file, String text) throws IOException {
        try (var channel =
                Files.newByteChannel(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.SYNC),
                        permissions(OWNER_TEXT))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Makes an empty file unless it is there; takes the rights of others to one that is. */
    static void require(Path file) throws IOException {
        try {
            file(file, "");
        } catch (FileAlreadyExistsException there) {
            tighten(file);
        }
    }

    /** Takes the rights of others to a file, if it is the own one. */
    static void tighten(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && !view.readAttributes().permissions().equals(OWNER)) {
            view.setPermissions(OWNER);
        }
    }

    private static FileAttribute<?>[] permissions(String text) {
        boolean isKnown = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return isKnown
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
                }
                : new FileAttribute<?>[0];
    }
}
