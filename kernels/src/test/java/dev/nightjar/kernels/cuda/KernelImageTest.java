package dev.nightjar.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.cuda.driver.CudaDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The PTX that ships is that of the sources beside it, and has every kernel. */
class KernelImageTest {

    private static final Path SOURCES = EmulatedDevice.NATIVE.resolve("cuda");
    private static final Path PTX = EmulatedDevice.NATIVE.resolve("ptx");
    private static final List<String> FILES = List.of("nightjar-80.ptx.gz", "nightjar-90a.ptx.gz");
    private static final Pattern ENTRY = Pattern.compile("\\.entry (\\w+)\\(");
    private static final int NO_COMPILER = 77;

    /** As native/hash-sources.sh does. */
    @Test
    void theSourcesAreThoseThatWereCompiled() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path file : sources()) {
            digest.update((file.getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
        }
        assertEquals(
                Files.readString(PTX.resolve("sources.sha256")).trim(),
                HexFormat.of().formatHex(digest.digest()),
                "native/cuda has changed since native/ptx was made; run native/build-ptx.sh");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(file -> file.toString().matches(".*\\.cuh?"))
                    .sorted(
                            (a, b) ->
                                    a.getFileName()
                                            .toString()
                                            .compareTo(b.getFileName().toString()))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nightjar-80.ptx.gz", "nightjar-90a.ptx.gz"})
    void theJarHasEveryKernel(String name) throws Exception {
        String text = new String(KernelImage.packed(name), StandardCharsets.UTF_8);
        TreeSet<String> entries = new TreeSet<>();
        Matcher matcher = ENTRY.matcher(text);
        while (matcher.find()) {
            entries.add(matcher.group(1));
        }
        assertTrue(entries.containsAll(List.of("rms_norm", "first_keys", "attention_q8_0")));
        for (var dtype : CudaKvStore.KNOWN) {
            String suffix = dtype.name().toLowerCase(Locale.ROOT);
            for (String kernel :
                    List.of("attention_", "attention_tensor_128_", "attention_tensor_256_")) {
                assertTrue(entries.contains(kernel + suffix), kernel + suffix);
            }
        }
        for (var dtype : CudaWeights.KNOWN) {
            String suffix = dtype.name().toLowerCase(Locale.ROOT);
            for (String kernel :
                    List.of(
                            "embed_",
                            "matmul_",
                            "matmul_tensor_64_",
                            "matmul_pipelined_",
                            "expert_matmul_",
                            "matmul_grouped_64_")) {
                assertTrue(entries.contains(kernel + suffix), kernel + suffix);
            }
        }
    }

    @Test
    void onlyOneTargetHasTheInstructionsOfItsOwn() throws Exception {
        assertTrue(read(PTX.resolve("nightjar-90a.ptx.gz")).contains("wgmma.mma_async"));
        assertFalse(read(PTX.resolve("nightjar-80.ptx.gz")).contains("wgmma"));
    }

    @ParameterizedTest
    @CsvSource({"8, 0, 80", "8, 9, 80", "9, 0, 90a", "10, 0, 80", "12, 0, 80"})
    void eachDeviceGetsWhatItRuns(int major, int minor, String target) {
        var device = new CudaDevice(0, "a device", major, minor, 1, 1, 1);
        assertEquals("nightjar-%s.ptx.gz".formatted(target), KernelImage.resource(device));
    }

    /** Where the compiler is that made it. */
    @Tag("full")
    @Test
    void compilingAgainGivesTheSameText(@TempDir Path folder) throws Exception {
        String script = EmulatedDevice.NATIVE.resolve("build-ptx.sh").toString();
        var outcome = EmulatedDevice.run(List.of(script, folder.toString()));
        Assumptions.assumeFalse(outcome.code() == NO_COMPILER, "skipped: there is no nvcc");
        assertEquals(0, outcome.code(), outcome.output());
        for (String name : FILES) {
            String committed = read(PTX.resolve(name));
            String made = read(folder.resolve(name));
            Assumptions.assumeTrue(
                    compiler(committed).equals(compiler(made)), "skipped: another nvcc");
            assertEquals(committed, made, name);
        }
    }

    private static String read(Path file) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String compiler(String ptx) {
        return ptx.lines().filter(line -> line.contains("release")).findFirst().orElse("");
    }
}
