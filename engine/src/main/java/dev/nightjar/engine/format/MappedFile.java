package dev.nightjar.engine.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiFunction;

/** Maps files for reading. */
public final class MappedFile {

    private MappedFile() {}

    /**
     * Maps a file and lets a reader check it. If that fails, the mapping is released; else it
     * belongs to what the reader made, which closes the arena.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    public static <T> T open(Path path, BiFunction<MemorySegment, Arena, T> reader) {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return reader.apply(channel.map(MapMode.READ_ONLY, 0, channel.size(), arena), arena);
        } catch (IOException e) {
            arena.close();
            throw new UncheckedIOException("cannot read model file " + path, e);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }
}
