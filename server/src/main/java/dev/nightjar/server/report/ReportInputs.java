package dev.nightjar.server.report;

import dev.nightjar.server.bench.BenchRow;
import dev.nightjar.server.bench.BenchRows;
import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonSyntaxException;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.Members;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is drawn.
 *
 * @param speeds results of tests, by the name of their file
 * @param runs of the load generator
 * @param kernels measured ones
 */
public record ReportInputs(
        Map<String, List<BenchRow>> speeds, List<HttpRun> runs, List<KernelRow> kernels) {

    private static final long MAX_FILE_BYTES = 64L << 20;

    /**
     * Reads files and tells their kinds apart by what is in them.
     *
     * @throws IllegalArgumentException if a file is of no kind that is known
     */
    public static ReportInputs read(List<Path> files) throws IOException {
        ReportInputs inputs =
                new ReportInputs(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        for (Path file : files) {
            inputs.add(file);
        }
        return inputs;
    }

    private void add(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IllegalArgumentException(
                    "%s: expected at most %d bytes".formatted(file, MAX_FILE_BYTES));
        }
        String name = file.getFileName().toString().replaceFirst("\\.json$", "");
        JsonValue document = parse(file);
        if (!(document instanceof JsonArray array)) {
            runs.add(HttpRun.of(name, Members.of(file.toString(), document)));
        } else if (!array.elements().isEmpty() && isKernel(file, array.elements().getFirst())) {
            array.elements()
                    .forEach(row -> kernels.add(KernelRow.of(Members.of(file.toString(), row))));
        } else {
            speeds.put(name, BenchRows.parse(file.toString(), document));
        }
    }

    private static JsonValue parse(Path file) throws IOException {
        try {
            return JsonReader.read(Files.readAllBytes(file));
        } catch (JsonSyntaxException malformed) {
            throw new IllegalArgumentException(
                    "%s, line %d: %s".formatted(file, malformed.line(), malformed.getMessage()),
                    malformed);
        }
    }

    private static boolean isKernel(Path file, JsonValue first) {
        return Members.of(file.toString(), first).has("kernel");
    }
}
