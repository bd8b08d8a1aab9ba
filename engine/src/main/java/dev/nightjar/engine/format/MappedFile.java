package dev.nightjar.engine.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiFunction;

/** Maps files for reading; those inside of an archive are copied into memory instead. */
public final class MappedFile {

    /** At least that of every element, as mapped memory has it. */
    private static final long ALIGNMENT = 64;

    private MappedFile() {}

    /**
     * Maps a file and lets a reader check it. If that fails, the mapping is released; else it
     * belongs to what the reader made, which closes the arena.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    public static <T> T open(Path path, BiFunction<MemorySegment, Arena, T> reader) {
        Arena arena = Arena.ofShared();
        try {
            return reader.apply(bytes(path, arena), arena);
        } catch (IOException e) {
            arena.close();
            throw new UncheckedIOException("cannot read model file " + path, e);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    private static MemorySegment bytes(Path path, Arena arena) throws IOException {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            byte[] bytes = Files.readAllBytes(path);
            MemorySegment memory = arena.allocate(bytes.length, ALIGNMENT);
            return memory.copyFrom(MemorySegment.ofArray(bytes));
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }
}
