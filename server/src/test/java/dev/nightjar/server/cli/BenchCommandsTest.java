package dev.nightjar.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import dev.nightjar.server.bench.BenchRow;
import dev.nightjar.server.bench.BenchRows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandsTest {

    private static final String TEXT =
            "Once upon a time, there was a little girl named Lily. She loved to play outside in"
                    + " the park. One day, she saw a big, red ball. She wanted to play with it.";

    @TempDir private Path folder;

    private record Outcome(int code, String out, String err) {}

    private static Outcome run(Object... args) {
        return onInput("", args);
    }

    private static Outcome onInput(String input, Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] words = List.of(args).stream().map(Object::toString).toArray(String[]::new);
        int code =
                Cli.run(
                        words,
                        new Cli.Streams(
                                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8)));
        return new Outcome(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "synthesize",
                "bench",
                "bench http",
                "bench compare",
                "bench report",
                "perplexity",
                "kl"
            })
    void everyCommandHelps(String command) {
        Outcome help = run((Object[]) (command + " --help").split(" "));
        assertEquals(0, help.code, help.err);
        assertTrue(help.out.startsWith("Usage: nightjar " + command), help.out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bench                                       | give --model or --synthetic",
                "bench --synthetic llama-7b                  | llama-1b",
                "bench --synthetic tiny -p 0 -n 0            | there is no test",
                "bench --synthetic tiny -b 0                 | batch: expected 1",
                "bench --synthetic tiny -r 0                 | --repetitions",
                "bench http                                  | --model",
                "bench http -m x --url ftp://x               | http://",
                "bench http -m x --requests 0                | --requests: expected 1",
                "bench http -m x --rate 1 --concurrency 2    | mutually exclusive",
                "bench http -m x --body [                    | --body",
                "bench http -m x --api embeddings --slo-itl 9   | leave it out for embeddings",
                "bench http -m x --api embeddings --max-tokens 9 | --max-tokens is for streams",
                "synthesize --shape tiny --type q4           | Q4_K_M",
                "kl                                          | either --base or --save-base"
            })
    void badUsageIsOneLine(String line, String part) {
        Outcome outcome = run((Object[]) line.strip().split("\\s+"));
        assertEquals(2, outcome.code, outcome.err);
        assertEquals(1, outcome.err.lines().count(), outcome.err);
        assertTrue(outcome.err.contains(part), outcome.err);
    }

    @Test
    void synthesizedModelsAreMeasured() throws IOException {
        Path model = folder.resolve("model.gguf");
        assertEquals(
                0, run("synthesize", "--shape", "tiny", "--type", "q4_k_m", "--out", model).code);
        Outcome again = run("synthesize", "--shape", "tiny", "--type", "q4_0", "--out", model);
        assertEquals(1, again.code);
        assertTrue(again.err.contains("--force"), again.err);
        Path json = folder.resolve("rows.json");
        Outcome bench =
                run(
                        "bench",
                        "-m",
                        model,
                        "--synthetic",
                        "tiny:q8_0",
                        "-p",
                        "32",
                        "-n",
                        "4",
                        "-b",
                        "1,2",
                        "-d",
                        "0,64",
                        "-r",
                        "2",
                        "--warm-up",
                        "0",
                        "--threads",
                        "1",
                        "--markdown",
                        "--json",
                        json);
        assertEquals(0, bench.code, bench.err);
        assertTrue(bench.out.startsWith("| model | test | tokens/s |"), bench.out);
        List<BenchRow> rows = BenchRows.read(json);
        assertEquals(12, rows.size());
        assertEquals("pp32", rows.getFirst().test());
        assertEquals("tg4@d64@b2", rows.getLast().test());
        assertEquals("tiny:q8_0", rows.getLast().model());
        assertEquals(1, rows.getLast().threads());
        assertEquals(2, rows.getLast().samples().size());
        assertTrue(rows.getLast().about().containsKey("machine"));
    }

    @Test
    void comparesAndFailsBelow() throws IOException {
        Path before = rows("a.json", 10);
        Path after = rows("b.json", 9);
        Outcome same = run("bench", "compare", before, before, "--fail-below", "1");
        assertEquals(0, same.code, same.err);
        assertTrue(same.out.contains("1.000"), same.out);
        Outcome slower = run("bench", "compare", before, after, "--fail-below", "0.95");
        assertEquals(1, slower.code);
        assertTrue(slower.out.contains("yes, slower"), slower.out);
        assertEquals(0, run("bench", "compare", before, after, "--fail-below", "0.85").code);
        Path page = folder.resolve("report.html");
        assertEquals(0, run("bench", "report", before, after, "--out", page).code);
        assertTrue(Files.readString(page).contains("<svg"));
    }

    private Path rows(String name, double speed) throws IOException {
        Path file = folder.resolve(name);
        List<Double> samples = List.of(speed, speed * 1.01);
        BenchRows.write(List.of(new BenchRow("m", "tg64", samples, 2, Map.of())), file);
        return file;
    }

    @Test
    void loadsAServer() throws IOException {
        try (TestServer server = TestServer.start()) {
            Path json = folder.resolve("http.json");
            Outcome load =
                    run(
                            "bench",
                            "http",
                            "--url",
                            "http://127.0.0.1:" + server.port() + "/v1",
                            "-m",
                            server.model().name(),
                            "--concurrency",
                            "2",
                            "--requests",
                            "4",
                            "--prompt-tokens",
                            "10",
                            "--max-tokens",
                            "6",
                            "--warm-up",
                            "1",
                            "--json",
                            json);
            assertEquals(0, load.code, load.err);
            assertTrue(load.out.startsWith("4 of 4 requests"), load.out);
            assertTrue(Files.readString(json).contains("\"ttft_ms\""));
        }
    }

    /** From the logits that another command writes, in plain arithmetic. */
    @Test
    void perplexityIsThatOfTheLogits() throws IOException {
        Path stories = TestModels.stories();
        Path text = Files.writeString(folder.resolve("text"), TEXT);
        String[] ids = onInput(TEXT, "tokenize", "-m", stories).out.strip().split(" ");
        int size = 24;
        double sum = 0;
        int count = 0;
        for (int chunk = 0; chunk < 2; chunk++) {
            String[] tokens = Arrays.copyOfRange(ids, chunk * size, (chunk + 1) * size);
            tokens[0] = "1"; // BOS
            Path logits = folder.resolve("logits");
            assertEquals(
                    0,
                    run(
                                    "logits",
                                    "-m",
                                    stories,
                                    "--tokens",
                                    String.join(",", tokens),
                                    "--out",
                                    logits)
                            .code);
            FloatBuffer rows =
                    ByteBuffer.wrap(Files.readAllBytes(logits))
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asFloatBuffer();
            int vocabSize = rows.capacity() / size;
            for (int position = size / 2; position < size - 1; position++) {
                double exponentials = 0;
                for (int id = 0; id < vocabSize; id++) {
                    exponentials += Math.exp(rows.get(position * vocabSize + id));
                }
                int next = Integer.parseInt(tokens[position + 1]);
                sum += Math.log(exponentials) - rows.get(position * vocabSize + next);
                count++;
            }
        }
        Outcome outcome =
                run("perplexity", "-m", stories, "--file", text, "--ctx", size, "--chunks", "2");
        String expected = String.format(Locale.ROOT, "perplexity %.4f ± ", Math.exp(sum / count));
        assertTrue(outcome.out.startsWith(expected), expected + " but " + outcome.out);
        assertTrue(outcome.out.contains("over " + count + " tokens"), outcome.out);
    }

    @Test
    void savesABaseAndComparesWithIt() throws IOException {
        Path stories = TestModels.stories();
        Path text = Files.writeString(folder.resolve("text"), TEXT);
        Path base = folder.resolve("base");
        Outcome saved = run("kl", "-m", stories, "-f", text, "--ctx", "24", "--save-base", base);
        assertEquals(0, saved.code, saved.err);
        Outcome same = run("kl", "-m", stories, "--base", base, "--backend", "scalar");
        assertTrue(same.out.contains("100.000 %"), same.out);
        Path small = folder.resolve("small.gguf");
        assertEquals(0, run("quantize", stories, small, "--type", "q4_0").code);
        Outcome far = run("kl", "-m", small, "--base", base);
        assertTrue(far.out.contains("mean KL divergence"), far.out);
        Outcome other = run("kl", "-m", TestModels.demo(), "--base", base);
        assertEquals(1, other.code);
        assertTrue(other.err.contains("cannot be compared"), other.err);
    }
}
