package dev.nightjar.engine;

import dev.nightjar.engine.format.gguf.GgufFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The small model that ships inside the jar. */
final class DemoModel {

    static final String NAME = "nightjar-demo";

    private static final String RESOURCE = "demo/nightjar-demo.gguf";

    private DemoModel() {}

    /** Reads the model into memory of the arena. */
    static GgufFile open(Arena arena) {
        try (InputStream in = DemoModel.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "this build of the engine has no demo model (" + RESOURCE + ")");
            }
            byte[] bytes = in.readAllBytes();
            // Aligned like a mapped file, as tensor offsets are relative to that.
            MemorySegment memory = arena.allocate(bytes.length, 64);
            MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
            return GgufFile.of(memory, NAME);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the demo model", e);
        }
    }
}
