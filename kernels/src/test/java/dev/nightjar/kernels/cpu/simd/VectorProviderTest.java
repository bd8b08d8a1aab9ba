package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import dev.nightjar.kernels.cpu.simd.vector.VectorWidth;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which backend a JVM gets; JVMs without the incubator module are started as processes. */
@Timeout(30)
class VectorProviderTest {

    @Test
    void theVectorBackendIsPreferred() {
        try (Backend backend = Backends.open(new BackendOptions(Optional.empty(), 2))) {
            assertEquals("vector-" + VectorShapes.BITS, backend.name());
            assertEquals(2, backend.threads());
        }
    }

    @Test
    void theReferenceCanBeAskedFor() {
        try (Backend backend = Backends.open(new BackendOptions(Optional.of("scalar"), 2))) {
            assertEquals("scalar", backend.name());
        }
    }

    @Test
    void withoutTheModuleTheReferenceRunsAndTheLogSaysWhatToDo() throws Exception {
        String output = launch(List.of());
        assertTrue(output.contains("backend scalar"), output);
        assertTrue(output.contains("--add-modules jdk.incubator.vector"), output);
    }

    @Test
    void withTheModuleOnTheClassPathTheVectorBackendRuns() throws Exception {
        String output =
                launch(
                        List.of(
                                "--add-modules=jdk.incubator.vector",
                                "-D" + VectorWidth.PROPERTY + "=128"));
        assertTrue(output.contains("backend vector-128"), output);
    }

    @Test
    void aRefusedBackendThatWasNamedIsAnError() throws Exception {
        String output = launch(List.of("-Dnightjar.backend=vector"));
        assertTrue(output.contains("IllegalStateException"), output);
        assertTrue(output.contains("--add-modules jdk.incubator.vector"), output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4096", "300", "wide"})
    void anImpossibleWidthIsRefusedWithTheReason(String bits) throws Exception {
        String output =
                launch(
                        List.of(
                                "--add-modules=jdk.incubator.vector",
                                "-D%s=%s".formatted(VectorWidth.PROPERTY, bits)));
        assertTrue(output.contains("backend scalar"), output);
        assertTrue(output.contains("must be 128, 256 or 512, found " + bits), output);
    }

    /** Runs {@link OpenBackend} on the class path. */
    private static String launch(List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(location(Backends.class) + File.pathSeparator + testClasses());
        command.add(OpenBackend.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        byte[] output = process.getInputStream().readAllBytes();
        process.waitFor();
        return new String(output, StandardCharsets.UTF_8);
    }

    private static Path location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Test classes are patched into the module, so their own location is the module's. */
    private static Path testClasses() throws Exception {
        return location(Backends.class).resolveSibling("test-classes");
    }
}
