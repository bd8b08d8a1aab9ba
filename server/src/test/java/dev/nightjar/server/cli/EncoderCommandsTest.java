package dev.nightjar.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.encoder.Classification;
import dev.nightjar.engine.encoder.Classification.ScoredLabel;
import dev.nightjar.engine.encoder.EmbedOptions;
import dev.nightjar.engine.encoder.Embedding;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.Overflow;
import dev.nightjar.engine.encoder.RankedText;
import dev.nightjar.server.TestModels;
import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.json.JsonValue.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands write what the engine computes, and say what is wrong with what they get. */
final class EncoderCommandsTest {

    private static final String VECTORS = "bert-mean";
    private static final String SCORES = "bert-rerank";
    private static final String LABELS = "bert-classify";
    private static final List<String> TEXTS = List.of("hello world", "the cat sat", "a b c d");

    @TempDir private Path folder;

    /** What a command did. */
    private record Outcome(int code, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }
    }

    /** Something to compute with an encoder. */
    @FunctionalInterface
    private interface Use<T> {
        T with(EncoderModel model) throws InterruptedException;
    }

    private static String model(String golden) {
        return TestModels.shared("golden/" + golden + "/model.gguf").toString();
    }

    private static <T> T compute(String golden, Use<T> use) throws InterruptedException {
        try (Engine engine = Engine.open(Path.of(model(golden)))) {
            return use.with(engine.encoders().getFirst());
        }
    }

    private static Outcome on(String golden, String input, String command, String... more) {
        return on(golden, input.getBytes(StandardCharsets.UTF_8), command, List.of(more));
    }

    private static Outcome on(String golden, byte[] input, String command, List<String> more) {
        List<String> args = new ArrayList<>(List.of(command, "--model", model(golden)));
        args.addAll(more);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Cli.Streams streams =
                new Cli.Streams(
                        new ByteArrayInputStream(input),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Cli.run(args.toArray(String[]::new), streams);
        streams.out().flush();
        return new Outcome(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String[] withTexts(String... flags) {
        return IntStream.range(0, flags.length + TEXTS.size())
                .mapToObj(i -> i < flags.length ? flags[i] : TEXTS.get(i - flags.length))
                .toArray(String[]::new);
    }

    private static void assertSuccess(Outcome outcome, int texts) {
        assertEquals(0, outcome.code, outcome.err);
        assertTrue(
                outcome.err.matches(
                        texts + " texts?, \\d+ tokens in [\\d.]+ s at [\\d.]+ tokens/s\n"),
                outcome.err);
    }

    private static void assertOneLineError(Outcome outcome, int code, String part) {
        assertEquals(code, outcome.code, outcome.err);
        assertEquals(1, outcome.err.lines().count(), outcome.err);
        assertTrue(outcome.err.startsWith("error: "), outcome.err);
        assertTrue(outcome.err.contains(part), outcome.err);
    }

    private static JsonObject object(String line) {
        return (JsonObject) JsonReader.read(line.getBytes(StandardCharsets.UTF_8));
    }

    private static String numbers(Embedding vector) {
        return Arrays.toString(vector.vector()).replace(" ", "");
    }

    @Test
    void vectorsAreThoseOfTheEngine() throws InterruptedException {
        List<Embedding> expected = compute(VECTORS, model -> model.embed(TEXTS));
        Outcome outcome = on(VECTORS, "", "embed", withTexts());
        assertSuccess(outcome, 3);
        assertEquals(expected.stream().map(EncoderCommandsTest::numbers).toList(), outcome.lines());
        long tokens = expected.stream().mapToLong(Embedding::numTokens).sum();
        assertTrue(outcome.err.contains(", " + tokens + " tokens "), outcome.err);
    }

    @Test
    void vectorsAreShapedAsAskedFor() throws InterruptedException {
        EmbedOptions options =
                EmbedOptions.defaults().withScaling(EmbedOptions.Scaling.RAW).withDimensions(5);
        List<Embedding> expected = compute(VECTORS, model -> model.embed(TEXTS, options));
        Outcome outcome = on(VECTORS, "", "embed", withTexts("--raw", "--dimensions", "5"));
        assertSuccess(outcome, 3);
        assertEquals(expected.stream().map(EncoderCommandsTest::numbers).toList(), outcome.lines());
    }

    @Test
    void promptsGoInFront() throws InterruptedException {
        List<String> prompted = TEXTS.stream().map(text -> "find: " + text).toList();
        List<Embedding> expected = compute(VECTORS, model -> model.embed(prompted));
        Outcome outcome = on(VECTORS, "", "embed", withTexts("--prompt", "find: "));
        assertSuccess(outcome, 3);
        assertEquals(expected.stream().map(EncoderCommandsTest::numbers).toList(), outcome.lines());
        Outcome unknown = on(VECTORS, "", "embed", withTexts("--prompt-name", "query"));
        assertOneLineError(unknown, 2, "query");
        String[] both = withTexts("--prompt", "a", "--prompt-name", "query");
        assertTrue(on(VECTORS, "", "embed", both).err.contains("--prompt-name"));
    }

    @Test
    void textsComeFromArgumentsInputOrFile() throws IOException {
        String lines = String.join("\n", TEXTS) + "\n";
        Path file = Files.writeString(folder.resolve("texts.txt"), lines);
        String expected = on(VECTORS, "", "embed", withTexts()).out;
        assertEquals(3, expected.lines().count());
        assertEquals(expected, on(VECTORS, lines, "embed").out);
        assertEquals(expected, on(VECTORS, lines, "embed", "-").out);
        assertEquals(expected, on(VECTORS, lines, "embed", "--file", "-").out);
        assertEquals(expected, on(VECTORS, "", "embed", "--file", file.toString()).out);
    }

    @Test
    void manyTextsAreComputedInPiecesAndStayInOrder() throws InterruptedException {
        List<String> texts =
                IntStream.range(0, 1500).mapToObj(i -> "the cat sat on mat number " + i).toList();
        List<Embedding> expected = compute(VECTORS, model -> model.embed(texts));
        Outcome outcome = on(VECTORS, String.join("\n", texts), "embed");
        assertSuccess(outcome, 1500);
        assertEquals(expected.stream().map(EncoderCommandsTest::numbers).toList(), outcome.lines());

        List<RankedText> ranked = compute(SCORES, model -> model.rerank("a cat", texts));
        Outcome order = on(SCORES, String.join("\n", texts), "rerank", "--query", "a cat");
        assertSuccess(order, 1500);
        assertEquals(
                ranked.stream().map(RankedText::index).toList(),
                order.lines().stream().map(line -> index(object(line))).toList());
    }

    private static int index(JsonObject line) {
        return Integer.parseInt(JsonText.of(line.members().get("index")));
    }

    @Test
    void vectorsAsTable() {
        Outcome outcome = on(VECTORS, "", "embed", withTexts("--format", "table"));
        assertSuccess(outcome, 3);
        assertEquals(4, outcome.lines().size(), outcome.out);
        assertTrue(outcome.lines().get(1).startsWith("  hello world   128 "), outcome.out);
        assertTrue(outcome.lines().get(1).endsWith("…  1.0000"), outcome.out);
    }

    @Test
    void tablesShortenTextsAndKeepThemFromTheTerminal() {
        String text = "\033[31m" + "the cat sat ".repeat(9);
        Outcome outcome = on(VECTORS, "", "embed", "--format", "table", text);
        assertSuccess(outcome, 1);
        assertFalse(outcome.out.contains("\033"), outcome.out);
        assertTrue(outcome.lines().get(1).contains("the cat sat…"), outcome.out);
    }

    @Test
    void similaritiesAreCosines() throws InterruptedException {
        List<Embedding> vectors = compute(VECTORS, model -> model.embed(TEXTS));
        Outcome outcome = on(VECTORS, "", "embed", withTexts("--format", "similarity", "--raw"));
        assertSuccess(outcome, 3);
        for (int i = 0; i < 3; i++) {
            String[] cells = outcome.lines().get(i + 1).strip().split(" {2,}");
            assertEquals(TEXTS.get(i), cells[1]);
            for (int j = 0; j < 3; j++) {
                double cosine = dot(vectors.get(i).vector(), vectors.get(j).vector());
                assertEquals(cosine, Double.parseDouble(cells[j + 2]), 6e-5);
            }
        }
    }

    private static double dot(float[] a, float[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] * b[i]).sum();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theBestTextComesFirst(boolean isRaw) throws InterruptedException {
        List<RankedText> expected = compute(SCORES, model -> model.rerank("hi cat", TEXTS));
        String[] flags = {"--query", "hi cat", isRaw ? "--raw-scores" : "--format=json"};
        Outcome outcome = on(SCORES, "", "rerank", withTexts(flags));
        assertSuccess(outcome, 3);
        List<String> lines = new ArrayList<>();
        for (RankedText text : expected) {
            float score = isRaw ? text.rawScore() : text.score();
            lines.add(
                    "{\"rank\":%d,\"index\":%d,\"score\":%s,\"text\":\"%s\"}"
                            .formatted(
                                    lines.size() + 1,
                                    text.index(),
                                    Float.toString(score),
                                    TEXTS.get(text.index())));
        }
        assertEquals(lines, outcome.lines());
    }

    @Test
    void theBestAloneAsTable() throws InterruptedException {
        List<RankedText> expected = compute(SCORES, model -> model.rerank("hi cat", TEXTS));
        String[] flags = {"--query", "hi cat", "--top", "2", "--format", "table"};
        Outcome outcome = on(SCORES, "", "rerank", withTexts(flags));
        assertSuccess(outcome, 3);
        assertEquals(3, outcome.lines().size(), outcome.out);
        assertTrue(outcome.lines().get(0).matches("  rank +score +text"), outcome.out);
        String best = TEXTS.get(expected.getFirst().index());
        assertTrue(outcome.lines().get(1).matches(" +1 +0\\.\\d{4} +" + best), outcome.out);
    }

    @Test
    void labelsAreThoseOfTheEngine() throws InterruptedException {
        List<Classification> expected =
                compute(LABELS, model -> model.classify(TEXTS, Overflow.REFUSE));
        Outcome outcome = on(LABELS, "", "classify", withTexts());
        assertSuccess(outcome, 3);
        List<String> lines = new ArrayList<>();
        for (Classification result : expected) {
            List<String> labels = new ArrayList<>();
            for (ScoredLabel label : result.labels()) {
                labels.add(
                        "{\"label\":\"%s\",\"score\":%s}"
                                .formatted(label.label(), Float.toString(label.score())));
            }
            lines.add(
                    "{\"text\":\"%s\",\"labels\":[%s]}"
                            .formatted(TEXTS.get(lines.size()), String.join(",", labels)));
        }
        assertEquals(lines, outcome.lines());
    }

    @Test
    void labelsAsTableWithBars() {
        Outcome outcome = on(LABELS, "", "classify", "--format", "table", "hello world");
        assertSuccess(outcome, 1);
        assertEquals(1 + 5, outcome.lines().size(), outcome.out);
        assertTrue(
                outcome.lines().get(1).matches("  hello world +label_\\d +0\\.\\d{4} +█.*"),
                outcome.out);
    }

    @Test
    void longTextsAreRefusedByNumberOrCut() throws InterruptedException {
        int max = compute(VECTORS, EncoderModel::maxInputTokens);
        String longText = "cat ".repeat(max);
        String[] args = {"hello world", longText};
        assertOneLineError(on(VECTORS, "", "embed", args), 1, "text 2 has ");
        assertOneLineError(on(VECTORS, "", "embed", args), 1, "--truncate");
        assertSuccess(on(VECTORS, "", "embed", "--truncate", args[0], args[1]), 2);
        Outcome pair = on(SCORES, "", "rerank", "--query", "hi", args[0], args[1]);
        assertOneLineError(pair, 1, "text 2 has ");
        assertSuccess(on(SCORES, "", "rerank", "-q", "hi", "--truncate", args[0], args[1]), 2);
        assertSuccess(on(LABELS, "", "classify", "--truncate", longText), 1);
    }

    @ParameterizedTest
    @CsvSource({
        "embed, bert-rerank, use nightjar rerank",
        "embed, bert-classify, use nightjar classify",
        "embed, llama, use nightjar run or nightjar chat",
        "classify, bert-mean, use nightjar embed",
        "classify, llama, use nightjar run or nightjar chat",
    })
    void anotherKindOfModelIsNamed(String command, String golden, String part) {
        assertOneLineError(on(golden, "", command, "hello"), 1, part);
    }

    @Test
    void anotherKindOfModelIsNamedElsewhereToo() {
        Outcome rerank = on(VECTORS, "", "rerank", "--query", "a", "hello");
        assertOneLineError(rerank, 1, "use nightjar embed");
        assertOneLineError(on(VECTORS, "", "run", "-p", "hello"), 1, "use nightjar embed");
        assertOneLineError(on(SCORES, "", "run", "-p", "hello"), 1, "use nightjar rerank");
        assertOneLineError(on(LABELS, "hello\n", "chat"), 1, "use nightjar classify");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "embed                        | there is no text",
                "embed --file -               | there is no text",
                "embed --file - hello         | leave one of them out",
                "embed --dimensions 0 hello   | at least 1, found 0",
                "embed --dimensions 999 hello | 128 dimensions, found 999",
                "embed --format xml hello     | xml",
                "rerank hello                 | --query",
                "rerank --query a --top 0 b   | --top: expected at least 1, found 0",
                "classify                     | there is no text",
                "classify --what              | --what"
            })
    void badUsage(String line, String part) {
        List<String> args = List.of(line.split(" "));
        assertOneLineError(
                on(VECTORS, new byte[0], args.getFirst(), args.subList(1, args.size())), 2, part);
    }

    @Test
    void textsThatAreNoneAreRefused() {
        assertOneLineError(on(VECTORS, "a\n \nb\n", "embed"), 2, "text 2 of 3 is empty");
        assertOneLineError(on(SCORES, "", "rerank", "--query", " ", "a"), 2, "--query");
        byte[] latin = "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        assertOneLineError(on(VECTORS, latin, "embed", List.of()), 2, "UTF-8");
        assertOneLineError(
                on(VECTORS, "", "embed", "--file", folder + "/none.txt"), 1, "no such file");
        String many = "a\n".repeat(257);
        assertOneLineError(on(VECTORS, many, "embed", "--format", "similarity"), 2, "at most 256");
    }
}
