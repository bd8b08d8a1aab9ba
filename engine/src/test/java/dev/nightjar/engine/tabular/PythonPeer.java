package dev.nightjar.engine.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Runs scripts with the system's Python; skips the test, saying so, where a package is missing. */
public final class PythonPeer {
    private static final String PYTHON =
            System.getenv().getOrDefault("NIGHTJAR_PYTHON", "/usr/bin/python3");

    private PythonPeer() {}

    /** Runs a script that stands beside a test's class. */
    public static void run(String module, Class<?> beside, String script, Object... arguments)
            throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of(PYTHON)) && call(PYTHON, "-c", "import " + module) == 0,
                "skipped: needs Python with " + module + "; set NIGHTJAR_PYTHON");
        Path copy = Files.createTempFile("peer", ".py");
        try (InputStream source = beside.getResourceAsStream(script)) {
            Files.write(copy, source.readAllBytes());
            List<String> command = new ArrayList<>(List.of(PYTHON, copy.toString()));
            for (Object argument : arguments) {
                command.add(argument.toString());
            }
            assertEquals(0, call(command.toArray(String[]::new)), script);
        } finally {
            Files.delete(copy);
        }
    }

    private static int call(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            System.err.println(output);
        }
        return status;
    }
}
