package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The kernels of native/cuda on the emulated driver of native/emulation, built with the machine's
 * C++ compiler; tests skip, saying so, where there is none.
 */
final class EmulatedDevice {

    static final Path NATIVE = Path.of("..", "native").toAbsolutePath().normalize();
    private static final Path BUILT = Path.of("target", "emulation").toAbsolutePath();
    private static final int NO_COMPILER = 77;
    private static final FunctionDescriptor COUNT =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS);

    private EmulatedDevice() {}

    /** A backend on the device; the caller closes it. */
    static Backend open(ActivationPrecision activations) {
        build(BUILT, Optional.empty());
        System.setProperty("nightjar.cuda.library", BUILT.resolve("libcuda.so.1").toString());
        System.setProperty("nightjar.cuda.kernels", BUILT.resolve("kernels.txt").toString());
        return Backends.open(
                new BackendOptions(Optional.of("cuda"), 1).withActivations(activations));
    }

    /** The driver, built. */
    static Path driver() {
        build(BUILT, Optional.empty());
        return BUILT.resolve("libcuda.so.1");
    }

    /** How often a call of the driver was made since this process began. */
    static int calls(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment function =
                    SymbolLookup.libraryLookup(driver(), arena)
                            .findOrThrow("nightjarEmulationCalls");
            return (int)
                    Linker.nativeLinker()
                            .downcallHandle(function, COUNT)
                            .invokeExact(arena.allocateFrom(name));
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Graphs that were made and not given back. */
    static int graphs() {
        return calls("cuGraphInstantiate") - calls("cuGraphExecDestroy");
    }

    /** Builds driver and kernels in a folder, the latter from other sources if they are named. */
    static void build(Path folder, Optional<Path> kernels, String... environment) {
        List<String> command = new ArrayList<>();
        command.add(NATIVE.resolve(Path.of("emulation", "build.sh")).toString());
        command.add(folder.toString());
        kernels.ifPresent(sources -> command.add(sources.toString()));
        Outcome outcome = run(command, environment);
        Assumptions.assumeFalse(
                outcome.code == NO_COMPILER, "skipped: no C++ compiler for the emulated device");
        if (outcome.code != 0) {
            throw new IllegalStateException(String.join(" ", command) + "\n" + outcome.output);
        }
    }

    /** Runs a class on the emulated device, in a process of its own. */
    static Outcome runJava(
            Class<?> program, List<String> arguments, List<String> flags, String... environment) {
        build(BUILT, Optional.empty());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dnightjar.cuda.library=" + BUILT.resolve("libcuda.so.1"),
                        "-Dnightjar.cuda.kernels=" + BUILT.resolve("kernels.txt")));
        command.addAll(flags);
        command.addAll(
                List.of(
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                "target/classes",
                                "target/test-classes",
                                System.getProperty("java.class.path")),
                        program.getName()));
        command.addAll(arguments);
        return run(command, environment);
    }

    /** What a program did. */
    record Outcome(int code, String output) {}

    /** Runs a program with pairs of variables in its environment. */
    static Outcome run(List<String> command, String... environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            for (int i = 0; i < environment.length; i += 2) {
                builder.environment().put(environment[i], environment[i + 1]);
            }
            Process process = builder.start();
            byte[] output = process.getInputStream().readAllBytes();
            return new Outcome(process.waitFor(), new String(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
