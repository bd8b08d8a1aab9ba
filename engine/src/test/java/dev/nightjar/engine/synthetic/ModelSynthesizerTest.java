package dev.nightjar.engine.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.gguf.GgufFileWriter;
import dev.nightjar.engine.format.gguf.GgufPairs;
import dev.nightjar.engine.quantize.Mixture;
import dev.nightjar.engine.quantize.Quantizer;
import dev.nightjar.engine.quantize.Recipe;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelSynthesizerTest {

    @TempDir private Path folder;

    private Path write(String spec, long seed, SyntheticVocabulary vocabulary) throws IOException {
        Path file = Files.createTempFile(folder, "synthetic", ".gguf");
        long bytes =
                new ModelSynthesizer(SyntheticSpec.parse(spec), seed)
                        .write(file, vocabulary, written -> {});
        assertEquals(Files.size(file), bytes);
        return file;
    }

    private Path tiny(String type, long seed) throws IOException {
        return write("tiny:" + type, seed, SyntheticVocabulary.plain(ModelShape.TINY));
    }

    @ParameterizedTest
    @EnumSource(Mixture.class)
    void everyTypeLoadsAndComputes(Mixture mixture) throws IOException {
        try (Engine engine = Engine.open(tiny(mixture.name(), 1))) {
            TextModel model = engine.model();
            int[] ids = model.tokenizer().encode("the story of a fox");
            double[] squares = new double[1];
            model.logits(
                    ids,
                    (position, logits) -> {
                        for (float logit : logits) {
                            assertTrue(Float.isFinite(logit));
                            squares[0] += logit * logit;
                        }
                    });
            double mean = squares[0] / ids.length / model.vocabSize();
            assertTrue(mean > 1e-4 && mean < 1e4, "mean square of logits is " + mean);
        }
    }

    @Test
    void equalSeedsGiveEqualFiles() throws IOException {
        byte[] one = Files.readAllBytes(tiny("q4_0", 1));
        assertArrayEquals(one, Files.readAllBytes(tiny("q4_0", 1)));
        assertFalse(Arrays.equals(one, Files.readAllBytes(tiny("q4_0", 2))));
    }

    @Test
    void mixturesAreThoseOfTheQuantizer() throws IOException {
        Path quantized = folder.resolve("quantized.gguf");
        try (GgufFile source = GgufFile.open(tiny("f32", 1))) {
            new Quantizer(Recipe.of(Mixture.Q4_K_M), 1, tensor -> {}).run(source, quantized);
        }
        assertEquals(types(quantized), types(tiny("q4_k_m", 1)));
    }

    private static Map<String, DType> types(Path path) {
        try (GgufFile file = GgufFile.open(path)) {
            Map<String, DType> types = new HashMap<>();
            file.tensors().forEach((name, tensor) -> types.put(name, tensor.dtype()));
            return types;
        }
    }

    /** Sizes of the published models, embeddings once. */
    @Test
    void shapesHaveTheParametersOfTheirModels() {
        assertEquals(1_235_814_400 + 32, parameters("llama-1b"));
        assertEquals(494_032_768, parameters("qwen-0.5b"));
        assertEquals(134_515_008, parameters("smol-135m"));
    }

    private static long parameters(String shape) {
        return new ModelSynthesizer(SyntheticSpec.parse(shape), 1)
                .entries().stream()
                        .map(GgufFileWriter.Entry::shape)
                        .mapToLong(dims -> dims.numElements())
                        .sum();
    }

    @Test
    void llama3DivisorsRunFromOneToTheFactor() {
        float[] divisors = ShapeTensors.ropeDivisors(ModelShape.LLAMA_1B);
        assertEquals(32, divisors.length);
        assertEquals(1, divisors[0]);
        assertEquals(32, divisors[31], 1e-4);
        for (int i = 1; i < divisors.length; i++) {
            assertTrue(divisors[i] >= divisors[i - 1]);
        }
    }

    @Test
    void plainVocabularyReadsAndWritesAnyText() throws IOException {
        try (Engine engine = Engine.open(tiny("q8_0", 1))) {
            Tokenizer tokenizer = engine.model().tokenizer();
            assertEquals(512, tokenizer.vocabulary().size());
            String text = "Hello, wörld!\n the end 日本";
            int[] ids = tokenizer.encode(text);
            assertEquals(text, tokenizer.decode(ids));
            assertTrue(tokenizer.encode(" the").length < 4, "merges are used");
        }
    }

    @Test
    void vocabularyOfAFileIsTakenOver() throws IOException {
        Path stories = SharedFiles.get("data/lm/stories260K-f32.gguf");
        Path file = write("tiny:q8_0", 1, SyntheticVocabulary.of(stories));
        try (Engine synthetic = Engine.open(file);
                Engine original = Engine.open(stories)) {
            String text = "Once upon a time there was a fox.";
            assertArrayEquals(
                    original.model().tokenizer().encode(text),
                    synthetic.model().tokenizer().encode(text));
        }
    }

    @Test
    void smallVocabularyIsFilled() throws IOException {
        SyntheticVocabulary vocabulary =
                SyntheticVocabulary.of(SharedFiles.get("data/tok/hf/roberta-base"));
        assertThrows(
                ModelFormatException.class,
                () -> write("tiny:q8_0", 1, vocabulary),
                "50,265 tokens do not fit 512");
        Path source = tiny("q8_0", 1);
        var pairs = new GgufPairs();
        SyntheticVocabulary.of(source).addTo(pairs, 600);
        Path file = folder.resolve("larger.gguf");
        try (var writer =
                GgufFileWriter.create(
                        file, pairs.string("general.architecture", "llama"), 32, List.of())) {
            writer.commit();
        }
        try (GgufFile larger = GgufFile.open(file)) {
            assertEquals(600, larger.metadata().strings("tokenizer.ggml.tokens").size());
        }
    }

    @Test
    void llama3FolderNamesItsControlTokens() {
        SyntheticVocabulary llama = SyntheticVocabulary.of(SharedFiles.get("data/tok/llama3.2"));
        ByteVocabulary bytes = (ByteVocabulary) llama;
        assertEquals(128_256, bytes.tokens().size());
        assertEquals("llama-bpe", bytes.preTokenizer());
        assertEquals("<|eot_id|>", bytes.tokens().get(128_009));
        assertEquals(128_000, bytes.bos().getAsInt());
    }

    @Test
    void qwenFolderHasItsAddedTokens() {
        ByteVocabulary qwen =
                (ByteVocabulary) SyntheticVocabulary.of(SharedFiles.get("data/tok/qwen2.5"));
        assertEquals("qwen2", qwen.preTokenizer());
        assertEquals("<|im_end|>", qwen.tokens().get(qwen.eos().getAsInt()));
        assertEquals(151_643, qwen.numOrdinary());
    }

    @Test
    void unknownNamesSayWhatThereIs() {
        String shape =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SyntheticSpec.parse("llama-2b:q4_0"))
                        .getMessage();
        assertTrue(shape.contains("llama-1b") && shape.contains("qwen-0.5b"), shape);
        assertThrows(IllegalArgumentException.class, () -> SyntheticSpec.parse("tiny:q9"));
        assertEquals("tiny:q8_0", SyntheticSpec.parse("tiny").name());
        assertNotEquals(ModelShape.TINY, ModelShape.named("smol-135m"));
    }
}
