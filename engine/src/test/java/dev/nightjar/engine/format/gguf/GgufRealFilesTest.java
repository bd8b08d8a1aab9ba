package dev.nightjar.engine.format.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.RopeScaling;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.tokenizer.Algorithm;
import dev.nightjar.tokenizer.TokenizerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that other programs wrote. */
class GgufRealFilesTest {

    @TestFactory
    List<DynamicTest> everyGoldenModelOpens() throws IOException {
        try (Stream<Path> folders = Files.list(SharedFiles.get("golden"))) {
            return folders.map(folder -> folder.resolve("model.gguf"))
                    .filter(Files::exists)
                    .sorted()
                    .map(path -> DynamicTest.dynamicTest(path.toString(), () -> opens(path)))
                    .toList();
        }
    }

    private static void opens(Path path) throws IOException {
        try (GgufFile file = GgufFile.open(path)) {
            assertEquals(3, file.version());
            assertEquals(32, file.alignment());
            assertEquals(Files.size(path), file.fileBytes());
            for (GgufTensorInfo info : file.tensors().values()) {
                var tensor = file.tensor(info.name()).orElseThrow();
                assertEquals(info.bytes(), tensor.data().byteSize());
                assertEquals(info.shape(), tensor.shape());
            }
            assertTrue(file.tensors().size() > 10);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"llama", "llama3", "llama-linear-rope", "llama-yarn", "quant-Q4_K", "qwen2"})
    void configuresLlama(String model) {
        try (GgufFile file = GgufFile.open(SharedFiles.get("golden", model, "model.gguf"))) {
            ModelConfig config = GgufModelConfig.read(file);
            assertEquals(256, config.vocabSize());
            assertEquals(config.numHeads() * config.headDim(), config.hiddenSize());
            assertEquals(model.equals("qwen2") ? 1e-6 : 1e-5, config.normEps(), 1e-12);
            WeightMap weights = WeightMap.of(file);
            weights.matrix("token_embd.weight", config.vocabSize(), config.hiddenSize());
            weights.sub("blk")
                    .sub("1")
                    .matrix(
                            "attn_k.weight",
                            config.numKvHeads() * config.headDim(),
                            config.hiddenSize());
            assertEquals(file.tensors().size() - 2, weights.unused().size());
            assertEquals(Optional.empty(), GgufTokenizer.spec(file));
        }
    }

    @Test
    void readsYarn() {
        try (GgufFile file = GgufFile.open(SharedFiles.get("golden", "llama-yarn", "model.gguf"))) {
            assertEquals(
                    new RopeScaling.Yarn(4, 256, 1 + 0.1 * Math.log(4), 32, 1, 1),
                    GgufModelConfig.read(file).rope().scaling());
        }
    }

    @Test
    void readsLinear() {
        Path path = SharedFiles.get("golden", "llama-linear-rope", "model.gguf");
        try (GgufFile file = GgufFile.open(path)) {
            assertEquals(
                    new RopeConfig(
                            RopeStyle.ADJACENT, 10_000, 32, List.of(), new RopeScaling.Linear(4)),
                    GgufModelConfig.read(file).rope());
        }
    }

    @Test
    void llama3HasItsFactorsAsTensor() {
        try (GgufFile file = GgufFile.open(SharedFiles.get("golden", "llama3", "model.gguf"))) {
            RopeConfig rope = GgufModelConfig.read(file).rope();
            assertEquals(500_000, rope.theta());
            assertEquals(new RopeScaling.None(), rope.scaling());
            assertEquals(16, rope.divisors().size());
            assertEquals(1, rope.divisors().getFirst());
            assertEquals(32, rope.divisors().getLast());
        }
    }

    /** Experts, window of layers 0 and 1, score cap, residual factor; 0 where there is none. */
    @ParameterizedTest
    @CsvSource({
        "mixtral, 4, 0, 0, 0, 1",
        "qwen3moe, 8, 0, 0, 0, 1",
        "gemma2, 0, 8, 0, 50, 1",
        "gemma3, 0, 8, 8, 0, 1",
        "gpt-oss, 4, 8, 0, 0, 1",
        "granite, 0, 0, 0, 0, 3.556558847427368",
        "deepseek2, 2, 0, 0, 0, 1",
    })
    void readsVariants(
            String model, int experts, int window0, int window1, double softCap, double residual) {
        try (GgufFile file = GgufFile.open(SharedFiles.get("golden", model, "model.gguf"))) {
            ModelConfig config = GgufModelConfig.read(file);
            assertEquals(experts, config.experts().map(e -> e.routing().numExperts()).orElse(0));
            assertEquals(window0, config.windowOf(0));
            assertEquals(window1, config.windowOf(1));
            assertEquals(softCap, config.attentionSoftCap());
            assertEquals(residual, config.residualScale());
        }
    }

    @Test
    void readsATrainedModel() {
        Path path = SharedFiles.get("data", "lm", "stories260K-f32.gguf");
        try (GgufFile file = GgufFile.open(path)) {
            RopeConfig rope =
                    new RopeConfig(
                            RopeStyle.ADJACENT, 10_000, 8, List.of(), new RopeScaling.None());
            ModelConfig config = GgufModelConfig.read(file);
            assertEquals(1e-5, config.normEps(), 1e-12);
            assertEquals(
                    ModelConfig.builder("llama")
                            .name("stories260K")
                            .vocabSize(512)
                            .hiddenSize(64)
                            .intermediateSize(172)
                            .numLayers(5)
                            .numHeads(8)
                            .numKvHeads(4)
                            .headDim(8)
                            .normEps(config.normEps())
                            .maxPositions(512)
                            .rope(rope)
                            .build(),
                    config);
            GgufTensorInfo embeddings = file.tensors().get("token_embd.weight");
            assertEquals(DType.F32, embeddings.dtype());
            assertEquals(new Shape(512, 64), embeddings.shape());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "data/lm/stories260K-f32.gguf, SENTENCEPIECE_BPE, 512, 0, default, 1, 2",
        "data/lm/llama-2-tiny-random.gguf, SENTENCEPIECE_BPE, 32000, 0, default, 1, 2",
        "data/tok/llamacpp/ggml-vocab-llama-spm.gguf, SENTENCEPIECE_BPE, 32000, 0, default, 1, 2",
        "data/tok/llamacpp/ggml-vocab-phi-3.gguf, SENTENCEPIECE_BPE, 32064, 0, default, 1, 32000",
        "data/tok/llamacpp/ggml-vocab-gpt-2.gguf, BYTE_BPE, 50257, 50000, gpt-2, 50256, 50256",
    })
    void readsVocabularies(
            String path,
            Algorithm algorithm,
            int numTokens,
            int numMerges,
            String preTokenizer,
            int bos,
            int eos) {
        try (GgufFile file = GgufFile.open(SharedFiles.get(path))) {
            TokenizerSpec spec = GgufTokenizer.spec(file).orElseThrow();
            assertEquals(algorithm, spec.algorithm());
            assertEquals(numTokens, spec.tokens().size());
            assertEquals(numMerges, spec.merges().size());
            assertEquals(preTokenizer, spec.preTokenizer());
            assertEquals(OptionalInt.of(bos), spec.specialIds().bos());
            assertEquals(OptionalInt.of(eos), spec.specialIds().eos());
            assertEquals(algorithm == Algorithm.SENTENCEPIECE_BPE, spec.addBos());
            assertEquals(algorithm == Algorithm.SENTENCEPIECE_BPE, spec.addSpacePrefix());
        }
    }

    @Test
    void readsWordPiece() {
        Path path = SharedFiles.get("data", "tok", "llamacpp", "ggml-vocab-bert-bge.gguf");
        try (GgufFile file = GgufFile.open(path)) {
            TokenizerSpec spec = GgufTokenizer.spec(file).orElseThrow();
            assertEquals(Algorithm.WORD_PIECE, spec.algorithm());
            assertEquals(30_522, spec.tokens().size());
        }
    }

    @Test
    void findsTheChatTemplate() {
        Path path = SharedFiles.get("data", "tok", "llamacpp", "ggml-vocab-phi-3.gguf");
        try (GgufFile file = GgufFile.open(path)) {
            var sources = GgufTokenizer.chatTemplates(file).orElseThrow().sources();
            assertTrue(sources.get("default").startsWith("{{ bos_token }}"));
        }
    }
}
