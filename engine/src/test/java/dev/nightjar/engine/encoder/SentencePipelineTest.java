package dev.nightjar.engine.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.ComputeBackends;
import dev.nightjar.engine.Engine;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.kernels.backend.ActivationPrecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pipelines of sentence-transformers against numpy in float64 (see {@code
 * src/test/python/encoder_pipelines.py}). Each result is also held against those of mistakes, which
 * must be far enough away for the comparison to tell.
 */
class SentencePipelineTest {

    private static final double MAX_ERROR = 1e-6;
    private static final EmbedOptions RAW =
            EmbedOptions.defaults().withScaling(EmbedOptions.Scaling.RAW);
    private static final String PROMPTS = "\"prompts\": {\"query\": \"find: \", \"passage\": \"\"}";
    private static final String TEXT = "hello big world!";

    @TempDir private Path folder;

    private record Case(String backend, String name, JsonFields fields) {

        List<String> texts(String key) {
            return fields.optionalTexts(key).orElseThrow();
        }

        @Override
        public String toString() {
            return "%s %s of \"%s\"".formatted(backend, name, fields.text("text"));
        }
    }

    static Stream<Case> cases() throws IOException {
        JsonObject root = JsonReader.readObject(PipelineFolder.expected(), "expected.json", 0);
        List<JsonValue> all =
                JsonFields.of("expected.json", root).optionalArray("cases").orElseThrow();
        return Stream.of("scalar", "vector")
                .flatMap(
                        backend ->
                                all.stream()
                                        .map(one -> JsonFields.of("case", (JsonObject) one))
                                        .map(one -> new Case(backend, one.text("name"), one)));
    }

    private static Engine open(String backend, Path model) {
        ComputeBackends.require(backend);
        return Engine.builder()
                .backend(backend)
                .activations(ActivationPrecision.EXACT)
                .model(model)
                .open();
    }

    private Path write(Case one) throws IOException {
        PipelineFolder written =
                PipelineFolder.in(folder)
                        .pooling(
                                one.fields.optionalBoolean("include_prompt").orElseThrow(),
                                one.texts("flags").toArray(String[]::new));
        for (String module : one.texts("modules")) {
            written.next(module);
        }
        return written.prompts(PROMPTS).write();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void vectorsMatch(Case one) throws Exception {
        double[] expected = numbers(one.fields, "expected");
        try (Engine engine = open(one.backend, write(one))) {
            EncoderModel model = engine.encoders().getFirst();
            String prompt = one.fields.text("prompt");
            EmbedOptions options =
                    prompt.isEmpty() ? RAW : RAW.withPrompt(new Prompt.Named(prompt));
            String text = one.fields.text("text");
            // Others beside it, so that rows of several sequences are told apart.
            List<String> texts = List.of("z", text, "the end.", text);
            List<Embedding> found = model.embed(texts, options);
            assertEquals(expected.length, model.outputSize());
            double largest = largest(expected);
            double error = distance(expected, found.get(1).vector());
            assertTrue(error <= MAX_ERROR * largest, "relative error " + error / largest);
            assertArrayEquals(found.get(1).vector(), found.get(3).vector());
            JsonFields wrong = one.fields.optionalFields("wrong").orElseThrow();
            for (String mistake : wrong.object().members().keySet()) {
                double off = distance(numbers(wrong, mistake), found.get(1).vector());
                assertTrue(off > 100 * MAX_ERROR * largest, mistake + " is only off by " + off);
            }
        }
    }

    private static double[] numbers(JsonFields fields, String key) {
        return fields.optionalNumbers(key).orElseThrow().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static double distance(double[] expected, float[] actual) {
        assertEquals(expected.length, actual.length);
        double worst = 0;
        for (int i = 0; i < actual.length; i++) {
            worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
        }
        return worst;
    }

    private PipelineFolder mean() throws IOException {
        return PipelineFolder.in(folder).pooling(true, "pooling_mode_mean_tokens");
    }

    private Engine open() {
        return Engine.open(folder);
    }

    private static float[] vector(Engine engine, String text, EmbedOptions options)
            throws InterruptedException {
        return engine.encoders().getFirst().embed(List.of(text), options).getFirst().vector();
    }

    @Test
    void theDefaultPromptGoesInFrontUnlessAnotherIsAskedFor() throws Exception {
        mean().prompts(PROMPTS + ", \"default_prompt_name\": \"query\"").write();
        try (Engine engine = open()) {
            EmbedOptions bare = RAW.withPrompt(new Prompt.Text(""));
            float[] byHand = vector(engine, "find: " + TEXT, bare);
            assertArrayEquals(byHand, vector(engine, TEXT, RAW));
            assertArrayEquals(
                    byHand, vector(engine, TEXT, RAW.withPrompt(new Prompt.Text("find: "))));
            assertArrayEquals(
                    vector(engine, TEXT, bare),
                    vector(engine, TEXT, RAW.withPrompt(new Prompt.Named("passage"))));
            EncoderModel model = engine.encoders().getFirst();
            assertEquals(
                    List.of("query", "passage"), List.copyOf(model.prompts().byName().keySet()));
            String message =
                    assertThrows(
                                    InvalidRequestException.class,
                                    () ->
                                            vector(
                                                    engine,
                                                    TEXT,
                                                    RAW.withPrompt(new Prompt.Named("question"))))
                            .getMessage();
            assertTrue(message.contains("question") && message.contains("passage"), message);
        }
    }

    @Test
    void promptsCountAsTokens() throws Exception {
        mean().prompts(PROMPTS)
                .file("sentence_bert_config.json", "{\"max_seq_length\": 9}")
                .write();
        try (Engine engine = open()) {
            EncoderModel model = engine.encoders().getFirst();
            EmbedOptions query = RAW.withPrompt(new Prompt.Named("query"));
            assertEquals(9, model.maxInputTokens());
            assertEquals(8, model.embed(List.of("a"), query).getFirst().numTokens());
            assertThrows(ContextLengthException.class, () -> model.embed(List.of("abc"), query));
            EmbedOptions cut = query.withOverflow(Overflow.CUT);
            assertArrayEquals(vector(engine, "ab", query), vector(engine, "abc", cut));
        }
    }

    @Test
    void textsAreLoweredIfTheFilesSaySo() throws Exception {
        String capitals = "Hello BIG World!";
        mean().file("sentence_bert_config.json", "{\"do_lower_case\": false}").write();
        float[] lower;
        try (Engine engine = open()) {
            lower = vector(engine, TEXT, RAW);
            float[] kept = vector(engine, capitals, RAW);
            assertTrue(Collections.max(differences(lower, kept)) > 1e-3, "they are unknown tokens");
        }
        Path other = Files.createDirectory(folder.resolve("lowered"));
        PipelineFolder.in(other)
                .pooling(true, "pooling_mode_mean_tokens")
                .file("sentence_bert_config.json", "{\"do_lower_case\": true}")
                .write();
        try (Engine engine = Engine.open(other)) {
            assertArrayEquals(lower, vector(engine, capitals, RAW));
        }
    }

    private static List<Double> differences(float[] a, float[] b) {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < a.length; i++) {
            all.add((double) Math.abs(a[i] - b[i]));
        }
        return all;
    }

    /** As newer versions write it: names instead of flags. */
    @ParameterizedTest
    @ValueSource(strings = {"\"mean\"", "[\"mean\"]", "[\"mean\", \"cls\"]"})
    void poolingsMayHaveNames(String names) throws Exception {
        PipelineFolder.in(folder)
                .module("1_Pooling", "pooling.Pooling")
                .file("1_Pooling/config.json", "{\"pooling_mode\": %s}".formatted(names))
                .write();
        try (Engine engine = open()) {
            boolean areTwo = names.contains("cls");
            assertEquals(
                    areTwo ? List.of(Pooling.CLS, Pooling.MEAN) : List.of(Pooling.MEAN),
                    engine.encoders().getFirst().poolings());
        }
    }

    @Test
    void dimensionsAreThoseOfTheLastProjection() throws Exception {
        mean().next("wide:Tanh").next("Normalize").write();
        try (Engine engine = open()) {
            EncoderModel model = engine.encoders().getFirst();
            assertEquals(30, model.outputSize());
            assertEquals(
                    25, vector(engine, TEXT, EmbedOptions.defaults().withDimensions(25)).length);
            assertThrows(
                    InvalidRequestException.class,
                    () -> vector(engine, TEXT, EmbedOptions.defaults().withDimensions(31)));
        }
    }

    @Test
    void manySequencesFitIntoAStep() throws Exception {
        mean().next("wide:GELU").write();
        try (Engine engine = open()) {
            List<String> texts = Collections.nCopies(300, TEXT);
            List<Embedding> all = engine.encoders().getFirst().embed(texts, RAW);
            float[] alone = vector(engine, TEXT, RAW);
            all.forEach(one -> assertArrayEquals(alone, one.vector()));
        }
    }

    @Test
    void whatIsNotKnownIsRefused() throws Exception {
        PipelineFolder.in(folder).module("1_CNN", "CNN").write();
        assertRefused("CNN");
        third("2_LSTM", "LSTM");
        assertRefused("LSTM");
        third("../2_Dense", "Dense");
        assertRefused("../2_Dense");
    }

    private void third(String path, String type) throws IOException {
        Path config = folder.resolve("1_Pooling/config.json");
        Files.createDirectories(config.getParent());
        Files.writeString(config, "{}");
        Files.writeString(
                folder.resolve("modules.json"),
                """
                [{"path": "", "type": "Transformer"}, {"path": "1_Pooling", "type": "Pooling"},
                 {"path": "%s", "type": "%s"}]
                """
                        .formatted(path, type));
    }

    @Test
    void anUnknownActivationIsRefused() throws Exception {
        mean().next("wide:Hardtanh").write();
        assertRefused("Hardtanh");
    }

    @Test
    void aProjectionOfOtherVectorsIsRefused() throws Exception {
        mean().next("two:Tanh").write();
        assertRefused("48");
    }

    @Test
    void aDefaultPromptThatIsNotThereIsRefused() throws Exception {
        mean().prompts(PROMPTS + ", \"default_prompt_name\": \"question\"").write();
        assertRefused("question");
    }

    private void assertRefused(String what) {
        String message = assertThrows(ModelFormatException.class, this::open).getMessage();
        assertTrue(message.contains(what), message);
    }
}
