package dev.nightjar.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs and expects them to succeed. */
public final class Commands {

    private static final int SECONDS = 180;

    private Commands() {}

    /** Runs {@code java} with these arguments; returns both outputs together. */
    static String runJava(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return run(Path.of("."), command);
    }

    /** Runs a command in a folder; returns both outputs together. */
    public static String run(Path folder, List<String> command)
            throws IOException, InterruptedException {
        return run(folder, command, Map.of());
    }

    /** With variables added to the environment. */
    public static String run(Path folder, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("nightjar", ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String text = Files.readString(output);
            assertTrue(ended, () -> "did not end: " + command + "\n" + text);
            assertEquals(0, process.exitValue(), () -> command + "\n" + text);
            return text;
        } finally {
            Files.delete(output);
        }
    }
}
