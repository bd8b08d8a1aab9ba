package dev.nightjar.engine.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.request.ContextLengthException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are a table of token vectors: real ones, and small ones by hand. */
class StaticModelTest {

    private static final EmbedOptions RAW =
            EmbedOptions.defaults().withScaling(EmbedOptions.Scaling.RAW);

    private static final String MODEL2VEC =
            "{\"model_type\": \"model2vec\", \"seq_length\": 1000000, \"normalize\": true}";

    private static final String MODULES =
            """
            [{"idx": 0, "path": "0_StaticEmbedding",
              "type": "sentence_transformers.models.StaticEmbedding"}]
            """;

    @TempDir private Path folder;

    /** What model2vec itself computes for this model. */
    @Test
    void theToyGivesTheVectorThatIsKnown() throws Exception {
        Path model = SharedFiles.get("data", "embed", "test-model-float32");
        String json =
                Files.readString(SharedFiles.get("data", "embed", "embeddings_short.json")).strip();
        String inner = "{\"v\":" + json.substring(1, json.length() - 1) + "}";
        double[] expected =
                JsonFields.of(
                                "expected",
                                JsonReader.readObject(
                                        inner.getBytes(StandardCharsets.UTF_8), "expected", 0))
                        .optionalNumbers("v")
                        .orElseThrow()
                        .stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray();
        try (Engine engine = Engine.open(model)) {
            float[] found = vector(engine, "hello world", EmbedOptions.defaults());
            assertEquals(expected.length, found.length);
            for (int i = 0; i < found.length; i++) {
                assertEquals(expected[i], found[i], 1e-6);
            }
        }
    }

    @Test
    void theRealOneKnowsWhatIsAlike() throws Exception {
        Path model = SharedFiles.get("data", "embed", "semhash-test_model");
        try (Engine engine = Engine.open(model)) {
            EncoderModel encoder = engine.encoders().getFirst();
            assertEquals(Set.of(EncoderTask.EMBED), encoder.tasks());
            assertEquals(128, encoder.outputSize());
            assertEquals(29_528, encoder.vocabSize());
            List<Embedding> all =
                    encoder.embed(
                            List.of(
                                    "how do i cook rice",
                                    "boil the rice in water for ten minutes",
                                    "the stock market fell sharply today"));
            assertEquals(0.680, dot(all.get(0), all.get(1)), 5e-4);
            assertTrue(Math.abs(dot(all.get(0), all.get(2))) < 0.1, "unlike");
        }
    }

    private static double dot(Embedding a, Embedding b) {
        double sum = 0;
        for (int i = 0; i < a.vector().length; i++) {
            sum += a.vector()[i] * b.vector()[i];
        }
        return sum;
    }

    private static float[] vector(Engine engine, String text, EmbedOptions options)
            throws InterruptedException {
        return engine.encoders().getFirst().embed(List.of(text), options).getFirst().vector();
    }

    /** Tokens [UNK], a, b, c, each a row of two numbers. */
    private static final float[] ROWS = {100, 100, 1, 2, 3, 4, 5, -6};

    private static final String TOKENIZER =
            """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
             "normalizer": null, "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null,
             "decoder": null, "model": {"type": "WordPiece", "unk_token": "[UNK]",
             "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
             "vocab": {"[UNK]": 0, "a": 1, "b": 2, "c": 3}}}
            """;

    private void write(String config, Tensors tensors) throws IOException {
        Files.writeString(folder.resolve("config.json"), config);
        Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
        Files.write(folder.resolve("model.safetensors"), tensors.bytes());
    }

    @Test
    void aTextIsTheMeanOfItsTokens() throws Exception {
        write(MODEL2VEC, new Tensors().floats("embeddings", "4,2", ROWS));
        try (Engine engine = Engine.open(folder)) {
            assertArrayEquals(new float[] {2, 3}, vector(engine, "a b", RAW));
            assertArrayEquals(new float[] {3, -2}, vector(engine, "c a x", RAW), "x is left out");
            assertArrayEquals(
                    new float[] {0.6f, 0.8f}, vector(engine, "b", EmbedOptions.defaults()));
            assertArrayEquals(new float[2], vector(engine, "x", EmbedOptions.defaults()));
            EncoderModel model = engine.encoders().getFirst();
            List<Embedding> mixed = model.embed(List.of("", "a", "x", "c"), RAW);
            assertArrayEquals(new float[2], mixed.get(0).vector());
            assertArrayEquals(new float[] {1, 2}, mixed.get(1).vector());
            assertArrayEquals(new float[2], mixed.get(2).vector());
            assertArrayEquals(new float[] {5, -6}, mixed.get(3).vector());
            assertEquals(List.of(0, 1, 0, 1), mixed.stream().map(Embedding::numTokens).toList());
        }
    }

    /** Rows that tokens share, and factors, as newer files of model2vec have them. */
    @Test
    void tokensMayShareRowsAndHaveWeights() throws Exception {
        Tensors tensors =
                new Tensors()
                        .floats("embeddings", "2,2", 1, 2, 3, 4)
                        .longs("mapping", 0, 1, 1, 0)
                        .doubles("weights", 1, 2, 0.5, -1);
        write(MODEL2VEC, tensors);
        try (Engine engine = Engine.open(folder)) {
            assertEquals(4, engine.encoders().getFirst().vocabSize());
            assertArrayEquals(new float[] {6, 8}, vector(engine, "a", RAW));
            assertArrayEquals(new float[] {1.5f, 2}, vector(engine, "b", RAW));
            assertArrayEquals(new float[] {-1, -2}, vector(engine, "c", RAW));
            assertArrayEquals(new float[] {3.75f, 5}, vector(engine, "a b", RAW));
        }
    }

    @Test
    void bytesAreNumbers() throws Exception {
        write(MODEL2VEC, new Tensors().bytes("embeddings", "4,2", 9, 9, 1, -2, -128, 127, 5, 6));
        try (Engine engine = Engine.open(folder)) {
            assertArrayEquals(new float[] {1, -2}, vector(engine, "a", RAW));
            assertArrayEquals(new float[] {-128, 127}, vector(engine, "b", RAW));
        }
    }

    /** Weights and vocabulary in a folder below, no config.json, and unknown tokens that count. */
    @Test
    void thoseOfSentenceTransformersKeepUnknownTokens() throws Exception {
        Path below = Files.createDirectory(folder.resolve("0_StaticEmbedding"));
        Files.writeString(folder.resolve("modules.json"), MODULES);
        Files.writeString(below.resolve("tokenizer.json"), TOKENIZER);
        Files.write(
                below.resolve("model.safetensors"),
                new Tensors().floats("embedding.weight", "4,2", ROWS).bytes());
        Files.writeString(
                folder.resolve("config_sentence_transformers.json"),
                "{\"prompts\": {\"query\": \"a a \"}}");
        try (Engine engine = Engine.open(folder)) {
            assertArrayEquals(new float[] {50.5f, 51}, vector(engine, "a x", RAW));
            float[] query = vector(engine, "b", RAW.withPrompt(new Prompt.Named("query")));
            assertEquals(5 / 3.0, query[0], 1e-6);
        }
    }

    @Test
    void longTextsAreRefusedOrCutAndNoSpecialTokenIsAdded() throws Exception {
        write(MODEL2VEC.replace("1000000", "3"), new Tensors().floats("embeddings", "4,2", ROWS));
        try (Engine engine = Engine.open(folder)) {
            assertThrows(ContextLengthException.class, () -> vector(engine, "a b c a", RAW));
            assertArrayEquals(
                    vector(engine, "a b c", RAW),
                    vector(engine, "a x b c a", RAW.withOverflow(Overflow.CUT)));
            assertArrayEquals(
                    vector(engine, "b c a", RAW),
                    vector(engine, "a b c a x", RAW.withOverflow(Overflow.CUT_BEGINNING)));
        }
    }

    @Test
    void manyTextsAreAsIfAlone() throws Exception {
        write(MODEL2VEC, new Tensors().floats("embeddings", "4,2", ROWS));
        try (Engine engine = Engine.open(folder)) {
            EncoderModel model = engine.encoders().getFirst();
            List<Embedding> all = model.embed(Collections.nCopies(5000, "a b c"), RAW);
            float[] alone = vector(engine, "a b c", RAW);
            all.forEach(one -> assertArrayEquals(alone, one.vector()));
        }
    }

    @Test
    void tablesThatDoNotFitAreRefused() throws Exception {
        write(MODEL2VEC, new Tensors().floats("embeddings", "4,2", ROWS).floats("bias", "2", 1, 2));
        assertRefused("bias");
        write(MODEL2VEC, new Tensors().floats("embeddings", "3,2", 1, 2, 3, 4, 5, 6));
        assertRefused("4 tokens");
        write(
                MODEL2VEC,
                new Tensors().floats("embeddings", "1,2", 1, 2).longs("mapping", 0, 0, 1, 0));
        assertRefused("mapping");
        write(
                MODEL2VEC,
                new Tensors().floats("embeddings", "4,2", ROWS).doubles("weights", 1, 2, 3));
        assertRefused("weights");
        write(MODEL2VEC, new Tensors().floats("other", "4,2", ROWS));
        assertRefused("embeddings");
    }

    private void assertRefused(String what) {
        String message =
                assertThrows(ModelFormatException.class, () -> Engine.open(folder)).getMessage();
        assertTrue(message.contains(what), message);
    }

    /** A safetensors file in the making. */
    private static final class Tensors {

        private final StringBuilder header = new StringBuilder();
        private final ByteArrayOutputStream data = new ByteArrayOutputStream();

        Tensors floats(String name, String shape, float... values) {
            ByteBuffer bytes = buffer(Float.BYTES * values.length);
            bytes.asFloatBuffer().put(values);
            return add(name, "F32", shape, bytes);
        }

        Tensors doubles(String name, double... values) {
            ByteBuffer bytes = buffer(Double.BYTES * values.length);
            bytes.asDoubleBuffer().put(values);
            return add(name, "F64", "" + values.length, bytes);
        }

        Tensors longs(String name, long... values) {
            ByteBuffer bytes = buffer(Long.BYTES * values.length);
            bytes.asLongBuffer().put(values);
            return add(name, "I64", "" + values.length, bytes);
        }

        Tensors bytes(String name, String shape, int... values) {
            ByteBuffer bytes = buffer(values.length);
            for (int i = 0; i < values.length; i++) {
                bytes.put(i, (byte) values[i]);
            }
            return add(name, "I8", shape, bytes);
        }

        private static ByteBuffer buffer(int size) {
            return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        }

        private Tensors add(String name, String type, String shape, ByteBuffer bytes) {
            int from = data.size();
            data.writeBytes(bytes.array());
            header.append(header.isEmpty() ? "" : ",")
                    .append(
                            "\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                                    .formatted(name, type, shape, from, data.size()));
            return this;
        }

        byte[] bytes() {
            String json = "{" + header + "}";
            byte[] text =
                    (json + " ".repeat((8 - json.length() % 8) % 8))
                            .getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(8 + text.length + data.size())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(text.length)
                    .put(text)
                    .put(data.toByteArray())
                    .array();
        }
    }
}
