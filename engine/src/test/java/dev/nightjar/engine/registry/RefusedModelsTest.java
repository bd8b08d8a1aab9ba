package dev.nightjar.engine.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.gguf.GgufWriter;
import dev.nightjar.engine.format.gguf.SyntheticLlama;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.tokenizer.template.UnsupportedTemplateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What cannot be run correctly is refused at load, with a reason. */
class RefusedModelsTest {

    @TempDir private Path folder;

    @Test
    void completeModelLoads() throws Exception {
        try (Engine engine = Engine.open(write(SyntheticLlama.complete()))) {
            assertEquals("llama", engine.model().architecture());
            assertEquals("tiny-file", engine.model().name());
            assertTrue(engine.generate(TextRequest.of("a")).usage().completionTokens() > 0);
        }
    }

    @Test
    void unknownArchitectureListsTheKnownOnes() {
        var writer = new GgufWriter().string("general.architecture", "martian");
        assertRefused(UnknownArchitectureException.class, writer, "'martian'", "llama");
    }

    @Test
    void layerTensorThatNobodyUsesIsRefused() {
        var writer = SyntheticLlama.complete().zeros("blk.0.attn_q_norm.weight", DType.F32, 8);
        assertRefused(UnusedWeightsException.class, writer, "blk.0.attn_q_norm.weight");
    }

    @Test
    void vocabularyBeyondTheEmbeddingIsRefused() {
        var writer = SyntheticLlama.weights(SyntheticLlama.config(), 5);
        SyntheticLlama.vocabulary(writer);
        assertRefused(ModelFormatException.class, writer, "6 tokens", "5 rows");
    }

    @Test
    void paddedEmbeddingRowsStandForNoText() throws Exception {
        var writer = SyntheticLlama.weights(SyntheticLlama.config(), 64);
        SyntheticLlama.vocabulary(writer);
        // With weights of zero all logits are equal: most draws hit rows without a token.
        try (Engine engine = Engine.open(write(writer))) {
            SamplingParams params =
                    SamplingParams.builder().seed(1).maxTokens(40).ignoreEos(true).build();
            Completion completion = engine.generate(TextRequest.of("a").withSampling(params));
            assertEquals(40, completion.usage().completionTokens());
            assertTrue(completion.text().length() < 40, completion.text());
        }
    }

    @Test
    void unsupportedTemplateIsRefusedAtLoadUnlessOneIsNamed() throws Exception {
        String template = "{% for m in messages %}{% include 'other' %}{% endfor %}";
        Path file = write(SyntheticLlama.complete().string("tokenizer.chat_template", template));
        assertThrows(UnsupportedTemplateException.class, () -> Engine.open(file));
        Path own = Files.writeString(folder.resolve("own.jinja"), "{{ messages[0].content }}");
        for (String name : new String[] {"chatml", own.toString(), LoadOptions.NO_TEMPLATE}) {
            LoadOptions options = LoadOptions.defaults().withChatTemplate(name);
            try (Engine engine = Engine.builder().options(options).model(file).open()) {
                boolean hasTemplate = engine.model().canChat();
                assertEquals(!name.equals(LoadOptions.NO_TEMPLATE), hasTemplate);
            }
        }
    }

    @Test
    void unknownAnswerFormatIsToldTheKnownOnes() {
        Path file = SharedFiles.get("golden", "quant-Q3_K", "model.gguf");
        LoadOptions options = LoadOptions.defaults().withAnswerFormat("morse");
        Engine.Builder engine = Engine.builder().options(options).model(file);
        InvalidRequestException refused = assertThrows(InvalidRequestException.class, engine::open);
        assertEquals("answer-format", refused.parameter());
        assertTrue(refused.getMessage().contains("hermes, qwen3-coder"), refused.getMessage());
    }

    /** Types whose blocks are no larger than those of the file that is relabelled. */
    @ParameterizedTest
    @EnumSource(names = {"IQ1_S", "IQ2_XXS", "IQ3_S"})
    void blockFormatWithoutKernelIsNamed(DType dtype) throws IOException {
        byte[] file = Files.readAllBytes(SharedFiles.get("golden", "quant-Q3_K", "model.gguf"));
        String name = "blk.0.attn_q.weight";
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(name) + name.length();
        int rankAndDims = 4 + 2 * 8;
        file[at + rankAndDims] = (byte) dtype.ggufId();
        Path path = Files.write(folder.resolve("relabelled.gguf"), file);
        var error = assertThrows(UnsupportedDTypeException.class, () -> Engine.open(path));
        assertTrue(error.getMessage().contains(dtype.toString()), error.getMessage());
        assertTrue(error.getMessage().contains("Q4_K"), error.getMessage());
    }

    private void assertRefused(
            Class<? extends RuntimeException> type, GgufWriter writer, String... words) {
        Path file = write(writer);
        var error = assertThrows(type, () -> Engine.open(file));
        for (String word : words) {
            assertTrue(error.getMessage().contains(word), error.getMessage());
        }
    }

    private Path write(GgufWriter writer) {
        return writer.write(folder.resolve("tiny-file.gguf"));
    }
}
