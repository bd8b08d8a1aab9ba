package dev.nightjar.server.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.TestModels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CliTest {

    /** What a command did. */
    private record Outcome(int code, String out, String err) {}

    private static Outcome run(String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Cli.Streams streams =
                new Cli.Streams(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Cli.run(args, streams);
        streams.out().flush();
        return new Outcome(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Outcome onStories(String input, String command, String... more) {
        List<String> args =
                new ArrayList<>(List.of(command, "--model", TestModels.stories().toString()));
        args.addAll(List.of(more));
        return run(input, args.toArray(String[]::new));
    }

    private static void assertOneLineError(Outcome outcome, int code, String part) {
        assertEquals(code, outcome.code, outcome.err);
        assertEquals(1, outcome.err.lines().count(), outcome.err);
        assertTrue(outcome.err.startsWith("error: "), outcome.err);
        assertTrue(outcome.err.contains(part), outcome.err);
        assertFalse(outcome.err.contains("\tat "), "no stack trace");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "run",
                "chat",
                "embed",
                "rerank",
                "classify",
                "predict",
                "tokenize",
                "logits",
                "inspect",
                "quantize",
                "pull",
                "list",
                "rm",
                "completion"
            })
    void everyCommandHelps(String command) {
        Outcome help = run("", command, "--help");
        assertEquals(0, help.code);
        assertTrue(help.out.startsWith("Usage: nightjar " + command), help.out);
    }

    @Test
    void completionKnowsCommandsAndFlags() {
        Outcome script = run("", "completion");
        assertEquals(0, script.code, script.err);
        assertTrue(script.out.contains("complete -F"), script.out);
        assertTrue(script.out.contains("--chat-template") && script.out.contains("pull"));
        assertTrue(script.out.contains("rerank") && script.out.contains("--raw-scores"));
    }

    @Test
    void helpAndVersion() {
        assertTrue(run("", "--help").out.contains("tokenize"));
        assertTrue(run("", "--version").out.startsWith("nightjar "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                              | a command is missing",
                "sing                          | sing",
                "run --temperature hot         | hot",
                "run --what                    | --what",
                "run --model no-such.gguf      | no such file: no-such.gguf",
                "serve --kv-memory many        | such as 512M",
                "serve --device tpu            | tpu",
                "serve --device cuda --backend vector | --backend vector is about the processor",
                "serve --device cuda --threads 2 | --threads 2",
                "serve --host 0.0.0.0 --data /nowhere | --insecure-no-auth",
                "serve --alias a=nowhere       | named are [nightjar-demo, nightjar-demo-embed,",
                "serve --alias nightjar-demo=nightjar-demo | cannot be another name",
                "serve --alias a               | --alias",
                "serve --sampling-defaults x   | --sampling-defaults",
                "serve --check --no-load       | leave --no-load out",
                "serve --max-timeout 0         | above 0",
                "serve --request-timeout -1    | above 0",
                "run --prompt x --backend scalar --threads 2 | one thread",
                "run --prompt x --top-p 7      | top_p",
                "tokenize                      | --model",
                "inspect                       | MODEL",
                "predict a.json --raw --proba  | --proba",
                "quantize a b                  | --type",
                "quantize a b --type Q7_K      | Q4_K_M",
                "quantize a b --type TQ1_0     | TQ1_0",
                "quantize a b --type Q8_0 --keep x | PATTERN=TYPE",
                "quantize a b --type Q8_0 --keep x=Z | 'Z'"
            })
    void badUsage(String line, String part) {
        String[] args = line == null || line.isBlank() ? new String[0] : line.split(" ");
        assertOneLineError(run("", args), 2, part);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve --device cuda                | nothing computes on device cuda: cuda"
                        + " backend:",
                "run --prompt x --backend abacus    | abacus",
                "run --prompt x --raw --system y    | --system",
                "inspect no-such.gguf               | no-such.gguf",
                "predict no-such.json               | no-such.json",
                "quantize no-such.gguf out.gguf --type Q8_0 | no-such.gguf"
            })
    void failures(String line, String part) {
        assertOneLineError(run("", line.split(" +")), 1, part);
    }

    @Test
    void serveCheckAnswersItselfAndStops() {
        Outcome outcome = run("", "serve", "--check", "--port", "0");
        assertEquals(0, outcome.code, outcome.err);
        assertTrue(outcome.out.contains("ready after"), outcome.out);
        assertTrue(outcome.out.contains("nightjar-demo-rerank"), outcome.out);
        // The model of rows is the last one that is asked.
        assertTrue(outcome.out.contains("answered itself: {\"data\":["), outcome.out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "embed;fox;--dimensions;8          | [",
                "rerank;--query;What is it?;A fox. | {\"rank\":1,\"index\":0",
                "classify;It snows in the mountains tonight. | \"label\":\"weather\""
            })
    void encodersWithoutAModelAreTheDemos(String line, String part) {
        Outcome outcome = run("", line.split(";"));
        assertEquals(0, outcome.code, outcome.err);
        assertTrue(outcome.out.contains(part), outcome.out);
    }

    @Test
    void serveStartsWithEncodersAlone() {
        Path model = TestModels.shared("golden/bert-mean/model.gguf");
        Outcome outcome = run("", "serve", "--check", "--port", "0", "--model", model.toString());
        assertEquals(0, outcome.code, outcome.err);
        assertTrue(outcome.out.matches("(?s).*model .*iB .*encoder: embed.*"), outcome.out);
        assertTrue(outcome.out.contains("ready after"), outcome.out);
        assertTrue(outcome.out.contains("answered itself: {\"object\":\"list\""), outcome.out);
    }

    @Test
    void quantizeSaysThatItReadsFiles(@TempDir Path folder) {
        String out = folder.resolve("small.gguf").toString();
        assertOneLineError(
                run("", "quantize", folder.toString(), out, "--type", "Q8_0"),
                1,
                "expected a GGUF file, found a folder");
    }

    @Test
    void quantizeReportsEveryTensorAndKeepsOldFiles(@TempDir Path folder) throws IOException {
        Path out = folder.resolve("small.gguf");
        String[] args = {
            "quantize",
            TestModels.stories().toString(),
            out.toString(),
            "--type",
            "q4_0",
            "--keep",
            "blk\\.0=F16",
            "--threads",
            "2"
        };
        Outcome first = run("", args);
        assertEquals(0, first.code, first.err);
        assertTrue(first.out.contains("RMSE"), first.out);
        assertTrue(first.out.lines().anyMatch(line -> line.matches(".*blk\\.0\\.attn_q.* F16 .*")));
        assertTrue(
                first.out.lines().anyMatch(line -> line.matches(".*blk\\.1\\.attn_q.* Q4_0 .*")));
        assertTrue(first.err.contains("small.gguf: "), first.err);
        String file = out.toString();
        Outcome model = run("", "run", "--raw", "--model", file, "--prompt", "Once upon a time");
        assertEquals(0, model.code, model.err);

        byte[] written = Files.readAllBytes(out);
        assertOneLineError(run("", args), 1, "--force");
        assertArrayEquals(written, Files.readAllBytes(out));
        List<String> forced = new ArrayList<>(List.of(args));
        forced.add("--force");
        assertEquals(0, run("", forced.toArray(String[]::new)).code);
    }

    @Test
    void runPrintsTheCompletionAlone() throws IOException {
        String golden = Files.readString(TestModels.shared("data/lm/stories260K.greedy200.txt"));
        String prompt = "Once upon a time";
        Outcome outcome =
                onStories(
                        "", "run", "--raw", "--prompt", prompt, "--temperature", "0", "-n", "196");
        assertEquals(0, outcome.code, outcome.err);
        assertEquals(golden.strip(), (prompt + outcome.out).strip());
        assertEquals(1, outcome.err.lines().count(), outcome.err);
        assertTrue(outcome.err.matches("(?s).*generated \\d+ tokens at [\\d.]+ tokens/s.*"));
    }

    @Test
    void runReadsThePromptFromInput() {
        Outcome named = onStories("", "run", "--raw", "--prompt", "The cat", "-t", "0", "-n", "9");
        Outcome piped = onStories("The cat", "run", "--raw", "-t", "0", "-n", "9");
        assertEquals(named.out, piped.out);
        assertFalse(piped.out.isEmpty());
    }

    @Test
    void runWithSeedStopAndTemplate() {
        String[] chat = {"--chat-template", "chatml", "-p", "Hi", "--seed", "5", "-n", "30"};
        Outcome first = onStories("", "run", chat);
        assertEquals(0, first.code, first.err);
        assertEquals(first.out, onStories("", "run", chat).out);
        String stop = first.out.substring(10, 13);
        List<String> args = new ArrayList<>(List.of(chat));
        args.addAll(List.of("--stop", stop));
        Outcome stopped = onStories("", "run", args.toArray(String[]::new));
        assertEquals(first.out.substring(0, first.out.indexOf(stop)), stopped.out);
    }

    @Test
    void runWithoutTemplateSaysWhatToDo() {
        assertOneLineError(onStories("", "run", "--prompt", "Hi"), 1, "--raw");
        assertOneLineError(onStories("Hi\n", "chat"), 1, "--chat-template");
    }

    @Test
    void chatKeepsTheConversation() {
        String[] flags = {"--chat-template", "chatml", "-t", "0", "-n", "12"};
        Outcome outcome = onStories("Hello\n\n/help\n/nope\nAgain\n/reset\nHello\n", "chat", flags);
        assertEquals(0, outcome.code, outcome.err);
        assertTrue(outcome.err.contains("/reset") && outcome.err.contains("/nope"), outcome.err);
        Outcome alone = onStories("Hello\n/exit\nnever read\n", "chat", flags);
        assertTrue(outcome.out.startsWith(alone.out), "the first answer");
        assertTrue(outcome.out.endsWith(alone.out), "after /reset, the same answer again");
        Outcome again = onStories("Again\n", "chat", flags);
        String middle =
                outcome.out.substring(
                        alone.out.length(), outcome.out.length() - alone.out.length());
        assertFalse(middle.isEmpty());
        assertFalse(middle.equals(again.out), "the second answer knows of the first turn");
    }

    @Test
    void chatSaysWhenTheContextIsFull() {
        String line = "word ".repeat(60) + "\n";
        Outcome outcome =
                onStories(
                        line + "Hi\n",
                        "chat",
                        "--chat-template",
                        "chatml",
                        "--max-context",
                        "64",
                        "-t",
                        "0");
        assertEquals(0, outcome.code, outcome.err);
        assertTrue(outcome.err.contains("the context holds 64; /reset"), outcome.err);
        assertTrue(outcome.out.strip().length() > 0, "a shorter question is answered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Once upon a time", " two  spaces\n\ttab", "Zoë 🦉 夜鷹", ""})
    void tokenizeAndBack(String text) {
        Outcome ids = onStories(text, "tokenize", "--no-special");
        assertEquals(0, ids.code, ids.err);
        assertTrue(ids.out.matches("(\\d+( \\d+)*)?\n"), ids.out);
        assertEquals(text, onStories(ids.out, "tokenize", "--decode").out);
        String bos = text.isEmpty() ? "1" : "1 ";
        assertEquals(bos + ids.out, onStories(text, "tokenize").out);
    }

    @Test
    void tokenizeRefusesWhatIsNoId() {
        assertOneLineError(onStories("1 x", "tokenize", "--decode"), 1, "'x'");
        assertOneLineError(onStories("512", "tokenize", "--decode"), 1, "from 0 to 511");
    }

    @Test
    void logitsOfAnEncoderAreItsResult(@TempDir Path folder) throws IOException {
        Path model = TestModels.shared("golden/bert-classify/model.gguf");
        Path file = folder.resolve("scores.f32");
        Outcome outcome =
                run(
                        "",
                        "logits",
                        "--model",
                        model.toString(),
                        "--tokens",
                        "2,11,3",
                        "--out",
                        file.toString());
        assertEquals(0, outcome.code, outcome.err);
        assertEquals(5 * Float.BYTES, Files.size(file));
    }

    @Test
    void logitsAreWrittenForEachPosition(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("logits.f32");
        Outcome outcome =
                onStories("", "logits", "--tokens", "1,403,407", "--out", file.toString());
        assertEquals(0, outcome.code, outcome.err);
        ByteBuffer floats =
                ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(3 * 512 * Float.BYTES, floats.remaining());
        while (floats.hasRemaining()) {
            assertTrue(Float.isFinite(floats.getFloat()));
        }
        assertOneLineError(
                onStories("", "logits", "--tokens", "1,512", "--out", file.toString()), 1, "511");
    }

    @Test
    void inspectListsMetadataAndTensors() {
        Outcome outcome = run("", "inspect", TestModels.stories().toString());
        assertEquals(0, outcome.code, outcome.err);
        assertTrue(outcome.out.contains("general.architecture"), outcome.out);
        assertTrue(outcome.out.contains("STRING[512]"), "long arrays are abbreviated");
        assertTrue(outcome.out.contains("token_embd.weight"));
        assertTrue(outcome.out.matches("(?s).*totals\\s+F32\\s+47 tensors.*"), outcome.out);
    }
}
