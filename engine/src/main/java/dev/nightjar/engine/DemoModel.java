package dev.nightjar.engine;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.checkpoint.GgufCheckpoint;
import dev.nightjar.engine.format.gguf.GgufFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** The small model that ships inside the jar. */
final class DemoModel {

    static final String NAME = "nightjar-demo";

    private static final String RESOURCE = "demo/nightjar-demo.gguf";

    private DemoModel() {}

    /** Reads the model into memory that is released with the checkpoint. */
    static Checkpoint open() {
        Arena arena = Arena.ofShared();
        try (InputStream in = DemoModel.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "this build of the engine has no demo model (" + RESOURCE + ")");
            }
            byte[] bytes = in.readAllBytes();
            // Aligned like a mapped file, as tensor offsets are relative to that.
            MemorySegment memory = arena.allocate(bytes.length, 64);
            MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
            return new GgufCheckpoint(GgufFile.of(memory, NAME, Optional.of(arena)));
        } catch (IOException e) {
            arena.close();
            throw new UncheckedIOException("cannot read the demo model", e);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }
}
