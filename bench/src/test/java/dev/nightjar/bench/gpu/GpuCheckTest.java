package dev.nightjar.bench.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.Project;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a GPU machine is told to run, on the emulated device. */
class GpuCheckTest {

    private static final int NO_COMPILER = 77;

    @Test
    void everyKernelIsRightOnTheEmulatedDevice(@TempDir Path folder) throws Exception {
        Path built = emulation();
        System.setProperty("nightjar.cuda.library", built.resolve("libcuda.so.1").toString());
        System.setProperty("nightjar.cuda.kernels", built.resolve("kernels.txt").toString());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = GpuCheck.run(folder, false, out);
        String table = bytes.toString(StandardCharsets.UTF_8);
        assertEquals(0, code, table);
        assertTrue(table.startsWith("cuda:0 host emulation"), table);
        assertTrue(Files.readString(folder.resolve("gpu.md")).contains("| matmul Q4_K x64 |"));
        String json = Files.readString(folder.resolve("gpu.json"));
        assertTrue(json.contains("\"name\":\"attention F16 decode x1\""), json);
        assertTrue(json.contains("\"name\":\"attention F16 decode x1 exact\""), json);
        assertTrue(json.contains("\"name\":\"matmul Q4_K x512 wgmma\""), json);
    }

    private static Path emulation() throws Exception {
        Path built = Project.root().resolve(Path.of("kernels", "target", "emulation"));
        String script = Project.root().resolve("native/emulation/build.sh").toString();
        Process process = new ProcessBuilder(List.of(script, built.toString())).inheritIO().start();
        int code = process.waitFor();
        Assumptions.assumeFalse(
                code == NO_COMPILER, "skipped: no C++ compiler for the emulated device");
        assertEquals(0, code, script);
        return built;
    }

    @Test
    void aWrongKernelStandsOut() {
        var wrong = new CaseResult("add", 0.5, 1e-5, 0, 0, 0, 0);
        var slow = new CaseResult("copy", 0, 1e-5, 1000, 4_000_000, 0, 0);
        var beside = new CaseResult("matmul", 0, 1e-2, 1000, 4_000_000, 2_000_000, 700);
        PeerTimes peer = PeerTimes.parse(List.of("PyTorch 2, \"bf16\"", "matmul 1 2 3\t700"));
        List<CaseResult> results = List.of(wrong, slow, beside);
        String table = ResultReport.markdown("a device", 8000, peer, results);
        assertTrue(table.startsWith("a device; a copy moves 8000 GB/s; peer: PyTorch 2"), table);
        assertTrue(table.contains("| add | 5.0e-01 **wrong** | 1e-05 | | | | | | |\n"), table);
        assertTrue(
                table.contains("| copy | 0.0e+00 | 1e-05 | 1.0 µs | 4000 | 50 % | 0.00 | | |\n"),
                table);
        assertTrue(table.contains("| 50 % | 2.00 | 0.7 µs | 70 % |\n"), table);
        String json = ResultReport.json("a device", 8000, peer, results);
        assertTrue(json.contains("\"peer\":\"PyTorch 2, bf16\""), json);
        assertTrue(json.contains("\"peer_nanos\":700,\"of_peer\":0.700}"), json);
        assertTrue(json.contains("\"peer_nanos\":null,\"of_peer\":null}"), json);
    }

    @Test
    void timesOfAPeerThatCannotBeReadAreRefused() {
        var error =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> PeerTimes.parse(List.of("PyTorch", "matmul 1 2 3 fast")));
        assertTrue(error.getMessage().contains("matmul 1 2 3 fast"), error.getMessage());
    }

    /** The shapes of native/peer-times.py are shapes of ours; without a GPU it says why. */
    @Test
    void thePeerIsTimedAtOurShapes(@TempDir Path folder) throws Exception {
        String script = Project.root().resolve("native/peer-times.py").toString();
        Set<String> ours =
                KernelCases.all().stream().map(KernelCase::shape).collect(Collectors.toSet());
        List<String> theirs = python(script, "--list");
        assertEquals(7, theirs.size());
        assertTrue(ours.containsAll(theirs), () -> theirs + " beside " + ours);
        Path file = folder.resolve(PeerTimes.FILE);
        assertEquals(List.of(), python(script, file.toString()));
        PeerTimes peer = PeerTimes.in(folder);
        assertTrue(ours.containsAll(peer.nanos().keySet()), peer::toString);
        assertTrue(!peer.nanos().isEmpty() || peer.name().startsWith("no torch ("), peer::name);
    }

    private static List<String> python(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException none) {
            return Assumptions.abort("skipped: no python3 for native/peer-times.py");
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines().toList();
    }
}
