package dev.nightjar.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The emulated device of native/emulation for engines; tests skip without a C++ compiler. */
final class EmulatedGpu {

    private static final Path BUILT = Path.of("..", "kernels", "target", "emulation");
    private static final int NO_COMPILER = 77;

    private static final FunctionDescriptor COUNT =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS);

    private EmulatedGpu() {}

    /** How often a call of the driver was made since this process began. */
    static int calls(String name) {
        Path driver = BUILT.toAbsolutePath().normalize().resolve("libcuda.so.1");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment function =
                    SymbolLookup.libraryLookup(driver, arena).findOrThrow("nightjarEmulationCalls");
            return (int)
                    Linker.nativeLinker()
                            .downcallHandle(function, COUNT)
                            .invokeExact(arena.allocateFrom(name));
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Builds the device unless it stands, and names it to the backend. */
    static void require() throws IOException, InterruptedException {
        Path script = Path.of("..", "native", "emulation", "build.sh").toAbsolutePath();
        Path built = BUILT.toAbsolutePath().normalize();
        Process process =
                new ProcessBuilder(script.toString(), built.toString())
                        .redirectErrorStream(true)
                        .start();
        byte[] output = process.getInputStream().readAllBytes();
        int code = process.waitFor();
        Assumptions.assumeFalse(
                code == NO_COMPILER, "skipped: no C++ compiler for the emulated device");
        if (code != 0) {
            throw new IOException(new String(output, StandardCharsets.UTF_8));
        }
        System.setProperty("nightjar.cuda.library", built.resolve("libcuda.so.1").toString());
        System.setProperty("nightjar.cuda.kernels", built.resolve("kernels.txt").toString());
    }
}
