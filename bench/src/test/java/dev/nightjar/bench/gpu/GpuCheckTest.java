package dev.nightjar.bench.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.Project;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        var wrong = new CaseResult("add", 0.5, 1e-5, 0, 0, 0);
        var slow = new CaseResult("copy", 0, 1e-5, 1000, 4_000_000, 0);
        String table = ResultReport.markdown("a device", 8000, List.of(wrong, slow));
        assertTrue(table.contains("| add | 5.0e-01 **wrong** |"), table);
        assertTrue(table.contains("| copy | 0.0e+00 | 1e-05 | 1.0 µs | 4000 | 50 % |"), table);
    }
}
