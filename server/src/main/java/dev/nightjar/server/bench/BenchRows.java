package dev.nightjar.server.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import dev.nightjar.server.json.Members;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Results as a file: an array of objects with {@code model}, {@code test}, {@code
 * tokens_per_second} (the median), {@code min}, {@code max}, {@code runs}, {@code threads}, then
 * {@code samples} and what else is known. Files of llama-bench ({@code -o json}) are read as well.
 */
public final class BenchRows {

    private static final long MAX_FILE_BYTES = 64L << 20;
    private static final String TEST = "test";

    private BenchRows() {}

    /** Writes a file. */
    public static void write(List<BenchRow> rows, Path file) throws IOException {
        Files.write(file, toJson(rows));
    }

    /** The document. */
    public static byte[] toJson(List<BenchRow> rows) {
        return JsonText.of(
                json -> {
                    json.useDefaultPrettyPrinter();
                    json.writeStartArray();
                    for (BenchRow row : rows) {
                        write(row, json);
                    }
                    json.writeEndArray();
                });
    }

    private static void write(BenchRow row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", row.model());
        json.writeStringField(TEST, row.test());
        json.writeNumberField("tokens_per_second", row.tokensPerSecond());
        json.writeNumberField("min", row.sample().min());
        json.writeNumberField("max", row.sample().max());
        json.writeNumberField("runs", row.samples().size());
        json.writeNumberField("threads", row.threads());
        json.writeArrayFieldStart("samples");
        for (double sample : row.samples()) {
            json.writeNumber(sample);
        }
        json.writeEndArray();
        for (Map.Entry<String, String> fact : new TreeMap<>(row.about()).entrySet()) {
            json.writeStringField(fact.getKey(), fact.getValue());
        }
        json.writeEndObject();
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it holds something else
     */
    public static List<BenchRow> read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IllegalArgumentException(
                    "%s: expected at most %d bytes".formatted(file, MAX_FILE_BYTES));
        }
        return parse(file.toString(), JsonReader.read(Files.readAllBytes(file)));
    }

    /** Reads a document. */
    public static List<BenchRow> parse(String file, JsonValue document) {
        if (!(document instanceof JsonArray array)) {
            throw new IllegalArgumentException(
                    "%s: expected an array of results, found %s".formatted(file, document.kind()));
        }
        List<BenchRow> rows = new ArrayList<>();
        for (JsonValue element : array.elements()) {
            Members members = Members.of(file, element);
            rows.add(members.has(TEST) ? row(members) : llamaBench(members));
        }
        return rows;
    }

    /** Without samples, the smallest, the middle and the largest stand for them. */
    private static BenchRow row(Members members) {
        String test = members.text(TEST);
        List<Double> samples = members.numbers("samples");
        if (samples.isEmpty()) {
            samples =
                    List.of(
                            members.number("min"),
                            members.number("tokens_per_second"),
                            members.number("max"));
        }
        return new BenchRow(
                members.text("model"),
                test,
                samples,
                (int) members.number("threads"),
                facts(members.object()));
    }

    private static Map<String, String> facts(JsonObject object) {
        Map<String, String> facts = new LinkedHashMap<>();
        object.members()
                .forEach(
                        (name, value) -> {
                            if (value instanceof JsonString text
                                    && !name.equals("model")
                                    && !name.equals(TEST)) {
                                facts.put(name, text.value());
                            }
                        });
        return facts;
    }

    private static BenchRow llamaBench(Members members) {
        int prompt = (int) members.number("n_prompt");
        int generated = (int) members.number("n_gen");
        int depth = members.has("n_depth") ? (int) members.number("n_depth") : 0;
        BenchTest test =
                generated == 0
                        ? new BenchTest(BenchTest.Kind.PREFILL, prompt, depth, 1)
                        : new BenchTest(BenchTest.Kind.DECODE, generated, depth, 1);
        String file = Path.of(members.text("model_filename")).getFileName().toString();
        return new BenchRow(
                file.replaceFirst("\\.gguf$", ""),
                test.name(),
                members.numbers("samples_ts"),
                (int) members.number("n_threads"),
                Map.of("backend", "llama.cpp", "version", members.text("build_commit")));
    }
}
