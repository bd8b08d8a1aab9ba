package dev.nightjar.kernels.cuda.driver;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.kernels.backend.DeviceChoice;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said where there is no GPU; each library in a process of its own. */
@Timeout(60)
class CudaLibraryTest {

    @TempDir private Path folder;

    /** Opens a backend on the device named by the argument and prints what came of it. */
    static final class Open {

        public static void main(String[] args) {
            DeviceChoice device = DeviceChoice.parse(args[0]);
            var options = new BackendOptions(Optional.empty(), 1).withDevice(device);
            try (var backend = Backends.open(options)) {
                System.out.println("opened " + backend.name());
            } catch (IllegalStateException refused) {
                System.out.println("refused: " + refused.getMessage());
            }
        }
    }

    @Test
    void aMissingLibraryIsNamed() throws Exception {
        Path missing = folder.resolve("libcuda.so.1");
        String output = open("CUDA", "-Dnightjar.cuda.library=" + missing);
        assertTrue(output.startsWith("refused: nothing computes on device cuda"), output);
        assertTrue(output.contains("no driver library " + missing), output);
    }

    @Test
    void aFileThatIsNoLibraryIsNamed() throws Exception {
        Path text = Files.writeString(folder.resolve("libcuda.so.1"), "not a library");
        String output = open("CUDA", "-Dnightjar.cuda.library=" + text);
        assertTrue(output.contains("does not load: " + text), output);
    }

    @Test
    void deniedNativeAccessIsAReason() throws Exception {
        Path text = Files.writeString(folder.resolve("libcuda.so.1"), "not a library");
        String output =
                open("CUDA", "-Dnightjar.cuda.library=" + text, "--illegal-native-access=deny");
        assertTrue(output.startsWith("refused: "), output);
    }

    @Test
    void anyDeviceFallsBackAndSaysSo() throws Exception {
        Path missing = folder.resolve("libcuda.so.1");
        String output = open("AUTO", "-Dnightjar.cuda.library=" + missing);
        assertTrue(output.contains("opened vector-"), output);
        assertTrue(output.contains("cuda backend: there is no driver library"), output);
        assertTrue(output.contains("computing on vector-"), output);
    }

    /** Who computes on the processor never looks for a driver. */
    @Test
    void theProcessorDoesNotAskForADriver() throws Exception {
        String output = open("CPU", "-Xlog:class+load");
        assertTrue(output.contains("opened vector-"), output);
        assertTrue(output.contains("cuda.CudaProvider"), output);
        assertTrue(!output.contains("CudaHeader"), "the bindings were loaded");
    }

    private static String open(String device, String... flags) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-modules=jdk.incubator.vector");
        command.addAll(Arrays.asList(flags));
        command.addAll(List.of("-cp", classPath(), Open.class.getName(), device));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines()
                .filter(line -> !line.startsWith("WARNING: Using incubator"))
                .reduce("", (all, line) -> all + line + "\n");
    }

    /** Classes and tests, on the class path where no module system asks for more. */
    private static String classPath() {
        return Path.of("target", "classes")
                + File.pathSeparator
                + Path.of("target", "test-classes");
    }
}
