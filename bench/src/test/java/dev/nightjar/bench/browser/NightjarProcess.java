package dev.nightjar.bench.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program as an operator runs it, on a free port. */
final class NightjarProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready after .* on (http://\\S+) .*");
    private static final int SECONDS_TO_END = 60;

    private final Process process;
    private final String url;

    private NightjarProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Runs {@code nightjar serve} with a configuration until it is closed. */
    static NightjarProcess serve(Path config) throws IOException {
        Process process = start(List.of("serve", "--config", config.toString(), "--port", "0"));
        BufferedReader lines = reader(process.getInputStream());
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                Thread.ofVirtual().start(() -> drain(lines));
                return new NightjarProcess(process, ready.group(1));
            }
        }
        throw new AssertionError("the server ended before it was ready:\n" + said);
    }

    /** A full pipe would hold the program up. */
    private static void drain(BufferedReader lines) {
        try (lines) {
            while (lines.readLine() != null) {
                // nobody asks
            }
        } catch (IOException ended) {
            // with the program
        }
    }

    /** Runs another command to its end; returns what it printed. */
    static String run(List<String> arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(arguments + " failed:\n" + output);
        }
        return output;
    }

    private static Process start(List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules=jdk.incubator.vector",
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.nightjar.server.cli.Cli"));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static BufferedReader reader(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** Where it listens, without a path. */
    String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
