package dev.nightjar.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emulated device finds faults that were planted in copies of the kernels. */
class CudaFaultsTest {

    /** What is compiled once and runs for a moment. */
    private static final String QUICK = "-O0";

    private static final String FLAGS = QUICK + " -g -fsanitize=address --param asan-stack=0";

    @TempDir private Path folder;

    @Test
    void theKernelsAsTheyAreAreRight() throws Exception {
        copyKernels();
        assertEquals("right", outcome(QUICK, ""));
    }

    @Test
    void aMissingBarrierGivesWrongResults() throws Exception {
        copyKernels();
        plant("numbers.cuh", "    __syncthreads();\n    float sum = 0;", "    float sum = 0;");
        assertTrue(outcome(QUICK, "").startsWith("wrong by"));
    }

    @Test
    void aWriteOutsideOfAnAllocationIsAnError() throws Exception {
        copyKernels();
        plant(
                "elementwise.cu",
                "map_row(row, row, cols, [=](float v) { return v * factor; });",
                "map_row(row, row, cols + 1, [=](float v) { return v * factor; });");
        String outcome = outcome(QUICK, "");
        assertTrue(outcome.startsWith("failed: cuStreamSynchronize failed"), outcome);
        assertTrue(outcome.contains("CUDA_ERROR_ILLEGAL_ADDRESS (700)"), outcome);
    }

    /** A read outside changes nothing that the host could see. */
    @Test
    void theSanitizerNamesTheLineOfAReadOutside() throws Exception {
        copyKernels();
        plant(
                "rms_norm.cu",
                "v[i] = v[i] * factor * factors[i];",
                "v[i] = v[i] * factor * factors[i] + 0 * w[cols];");
        Path library = sanitizer();
        String outcome = outcome(FLAGS, library.toString());
        assertTrue(outcome.contains("heap-buffer-overflow"), outcome);
        assertTrue(outcome.contains("rms_norm.cu:"), outcome);
    }

    private static Path sanitizer() {
        var found =
                EmulatedDevice.run(List.of("sh", "-c", "${CXX:-g++} -print-file-name=libasan.so"));
        Path library = Path.of(found.output().trim());
        Assumptions.assumeTrue(
                library.isAbsolute(), "skipped: the compiler has no AddressSanitizer");
        return library;
    }

    /** The files that the program's ops need. */
    private void copyKernels() throws IOException {
        try (Stream<Path> files = Files.list(EmulatedDevice.NATIVE.resolve("cuda"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".cuh")
                        || List.of("rms_norm.cu", "elementwise.cu").contains(name)) {
                    Files.copy(file, folder.resolve(name));
                }
            }
        }
    }

    private void plant(String name, String before, String after) throws IOException {
        String source = Files.readString(folder.resolve(name));
        String changed = source.replace(before, after);
        assertTrue(!changed.equals(source), name + " has changed; change this test, too");
        Files.writeString(folder.resolve(name), changed);
    }

    /**
     * What {@link NormAndScale} prints with the kernels of the folder. The driver is the one that
     * is there, unless a sanitizer has to see what it allocates.
     */
    private String outcome(String flags, String preloaded) {
        Path built = folder.resolve("built");
        EmulatedDevice.build(
                built,
                Optional.of(folder),
                "CXXFLAGS",
                flags,
                "EMULATION_DRIVER",
                preloaded.isEmpty() ? EmulatedDevice.driver().toString() : "");
        var outcome =
                EmulatedDevice.run(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dnightjar.cuda.library=" + built.resolve("libcuda.so.1"),
                                "-Dnightjar.cuda.kernels=" + built.resolve("kernels.txt"),
                                "-cp",
                                "target/classes"
                                        + File.pathSeparator
                                        + "target/test-classes"
                                        + File.pathSeparator
                                        + System.getProperty("java.class.path"),
                                NormAndScale.class.getName()),
                        "LD_PRELOAD",
                        preloaded,
                        "ASAN_OPTIONS",
                        "detect_leaks=0:handle_segv=0:handle_sigill=0:use_sigaltstack=0");
        return outcome.output()
                .lines()
                .filter(line -> !line.startsWith("emulation: "))
                .reduce((first, next) -> first + "\n" + next)
                .orElse("");
    }
}
