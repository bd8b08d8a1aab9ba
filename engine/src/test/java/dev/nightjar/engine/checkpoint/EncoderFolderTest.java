package dev.nightjar.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.engine.format.HostVector;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.gguf.SyntheticBert;
import dev.nightjar.engine.request.EncoderInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Model folders of encoders compute what the GGUF files do that they were written from. */
class EncoderFolderTest {

    private static final String CONFIG =
            """
            {"model_type": "bert", "architectures": ["%s"], "vocab_size": 95,
             "hidden_size": 128, "num_hidden_layers": 3, "num_attention_heads": 4,
             "intermediate_size": 192, "max_position_embeddings": 128, "type_vocab_size": 2,
             "layer_norm_eps": 1e-12, "hidden_act": "gelu", "hidden_dropout_prob": 0.1,
             "attention_probs_dropout_prob": 0.1, "position_embedding_type": "absolute"%s}
            """;

    private static final String CLASSIFIER = "BertForSequenceClassification";

    /** Labels are counted, whatever their order in the file. */
    private static final String FIVE =
            ", \"id2label\": {\"4\": \"e\", \"0\": \"a\", \"1\": \"b\", \"2\": \"c\", \"3\": \"d\"}";

    private static final String CONFIG_OF_SYNTHETIC =
            """
            {"model_type": "%s", "architectures": ["XForSequenceClassification"],
             "vocab_size": 11, %s "id2label": {"0": "x", "1": "y", "2": "z"}}
            """;

    private static final String ROBERTA =
            CONFIG_OF_SYNTHETIC.formatted(
                    "xlm-roberta",
                    """
                    "hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 3,
                    "intermediate_size": 20, "max_position_embeddings": 18,
                    "type_vocab_size": 2, "layer_norm_eps": 1e-12, "pad_token_id": 1,""");

    private static final String DISTILBERT =
            CONFIG_OF_SYNTHETIC.formatted(
                    "distilbert",
                    """
                    "dim": 12, "n_layers": 2, "n_heads": 3, "hidden_dim": 20,
                    "max_position_embeddings": 16, "qa_dropout": 0.1,
                    "seq_classif_dropout": 0.2, "sinusoidal_pos_embds": false,
                    "tie_weights_": true, "activation": "gelu",""");

    @TempDir private Path folder;

    private static GoldenFolder bert(String golden, String config) {
        String layer = "bert.encoder.layer.#.";
        return GoldenFolder.of(golden, config)
                .name("token_embd.weight", "bert.embeddings.word_embeddings.weight")
                .name("token_types.weight", "bert.embeddings.token_type_embeddings.weight")
                .name("position_embd.weight", "bert.embeddings.position_embeddings.weight")
                .name("token_embd_norm.weight", "bert.embeddings.LayerNorm.gamma")
                .name("token_embd_norm.bias", "bert.embeddings.LayerNorm.beta")
                .both("blk.#.attn_q", layer + "attention.self.query")
                .both("blk.#.attn_k", layer + "attention.self.key")
                .both("blk.#.attn_v", layer + "attention.self.value")
                .both("blk.#.attn_output", layer + "attention.output.dense")
                .both("blk.#.attn_output_norm", layer + "attention.output.LayerNorm")
                .both("blk.#.ffn_up", layer + "intermediate.dense")
                .both("blk.#.ffn_down", layer + "output.dense")
                .both("blk.#.layer_output_norm", layer + "output.LayerNorm")
                .both("cls", "bert.pooler.dense")
                .both("cls.output", "classifier");
    }

    private static float[] result(Path checkpoint) throws Exception {
        int[] ids = {2, 11, 80, 5, 10, 38, 3};
        int[] types = {0, 0, 0, 0, 1, 1, 1};
        try (Engine engine = Engine.open(checkpoint)) {
            EncoderModel encoder = engine.encoders().getFirst();
            return encoder.compute(List.of(new EncoderInput(ids, types)))[0];
        }
    }

    private void pooling(String flag) throws Exception {
        Files.writeString(
                folder.resolve("modules.json"),
                """
                [{"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"},
                 {"idx": 1, "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
                 {"idx": 2, "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]
                """);
        Files.createDirectories(folder.resolve("1_Pooling"));
        Files.writeString(
                folder.resolve("1_Pooling/config.json"),
                """
                {"word_embedding_dimension": 128, "pooling_mode_weightedmean_tokens": false, "%s": true}
                """
                        .formatted(flag));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "cls"})
    void vectorsAreThoseOfTheGgufFile(String pooling) throws Exception {
        GoldenFolder golden = bert("bert-" + pooling, CONFIG.formatted("BertModel", ""));
        SafetensorsWriter.write(folder, golden.tensors(folder));
        pooling("pooling_mode_" + (pooling.equals("mean") ? "mean_tokens" : "cls_token"));
        Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 100}");
        assertArrayEquals(result(golden.source().resolve("model.gguf")), result(folder));
        try (Engine engine = Engine.open(folder)) {
            assertEquals(100, engine.encoders().getFirst().maxInputTokens());
        }
    }

    @Test
    void labelsAndScoresAreThoseOfTheFiles() throws Exception {
        GoldenFolder golden = bert("bert-classify", CONFIG.formatted(CLASSIFIER, FIVE));
        SafetensorsWriter.write(folder, golden.tensors(folder));
        assertArrayEquals(result(golden.source().resolve("model.gguf")), result(folder));
        try (Engine engine = Engine.open(folder)) {
            EncoderModel encoder = engine.encoders().getFirst();
            assertEquals(Set.of(EncoderTask.CLASSIFY), encoder.tasks());
            assertEquals(List.of("a", "b", "c", "d", "e"), encoder.labels());
        }
    }

    @Test
    void whatChangesResultsAndIsNotDoneIsRefused() throws Exception {
        String unknown = FIVE + ", \"problem_type\": \"ranking\"";
        GoldenFolder golden = bert("bert-classify", CONFIG.formatted(CLASSIFIER, unknown));
        SafetensorsWriter.write(folder, golden.tensors(folder));
        assertRefused("problem_type");
    }

    private void assertRefused(String key) {
        String message =
                assertThrows(ModelFormatException.class, () -> Engine.open(folder)).getMessage();
        assertTrue(message.contains(key), message);
    }

    @Test
    void crossEncodersRerank() throws Exception {
        String one = ", \"id2label\": {\"0\": \"LABEL_0\"}";
        GoldenFolder golden = bert("bert-rerank", CONFIG.formatted(CLASSIFIER, one));
        SafetensorsWriter.write(folder, golden.tensors(folder));
        assertArrayEquals(result(golden.source().resolve("model.gguf")), result(folder));
        try (Engine engine = Engine.open(folder)) {
            assertEquals(Set.of(EncoderTask.RERANK), engine.encoders().getFirst().tasks());
        }
    }

    private static final EncoderInput INPUT = EncoderInput.of(2, 4, 5, 7, 3);

    private static float[] compute(Path checkpoint) throws Exception {
        try (Engine engine = Engine.open(checkpoint)) {
            return engine.encoders().getFirst().compute(List.of(INPUT))[0];
        }
    }

    /** Two rows before the first position that a token has. */
    @Test
    void positionsOfRobertaBeginBehindThePadding() throws Exception {
        Path file = SyntheticBert.scores(3).write(folder.resolve("model.gguf"));
        String layer = "roberta.encoder.layer.#.";
        String table = "roberta.embeddings.position_embeddings.weight";
        GoldenFolder names =
                GoldenFolder.of("none", ROBERTA)
                        .name("token_embd.weight", "roberta.embeddings.word_embeddings.weight")
                        .name(
                                "token_types.weight",
                                "roberta.embeddings.token_type_embeddings.weight")
                        .name("position_embd.weight", table)
                        .both("token_embd_norm", "roberta.embeddings.LayerNorm")
                        .both("blk.#.attn_q", layer + "attention.self.query")
                        .both("blk.#.attn_k", layer + "attention.self.key")
                        .both("blk.#.attn_v", layer + "attention.self.value")
                        .both("blk.#.attn_output", layer + "attention.output.dense")
                        .both("blk.#.attn_output_norm", layer + "attention.output.LayerNorm")
                        .both("blk.#.ffn_up", layer + "intermediate.dense")
                        .both("blk.#.ffn_down", layer + "output.dense")
                        .both("blk.#.layer_output_norm", layer + "output.LayerNorm")
                        .both("cls", "classifier.dense")
                        .both("cls.output", "classifier.out_proj");
        Path target = Files.createDirectory(folder.resolve("folder"));
        try (GgufFile gguf = GgufFile.open(file)) {
            Map<String, WrittenTensor> tensors = names.tensors(target, gguf);
            int[] order = IntStream.range(-2, 16).map(i -> i < 0 ? 9 : i).toArray();
            tensors.put(table, tensors.get(table).rows(order));
            SafetensorsWriter.write(target, tensors);
        }
        assertArrayEquals(compute(file), compute(target));
    }

    /** The scores from the first hidden state by hand, as their head has a ReLU. */
    @Test
    void distilBertHasAHeadOfItsOwn() throws Exception {
        Path file = SyntheticBert.scores(3).write(folder.resolve("model.gguf"));
        Map<String, WrittenTensor> tensors;
        float[] dense;
        float[] denseBias;
        float[] output;
        float[] outputBias;
        try (GgufFile gguf = GgufFile.open(file)) {
            tensors = distilBert().tensors(folder, gguf);
            dense = HostVector.floats(gguf.tensor("cls.weight").orElseThrow());
            denseBias = HostVector.floats(gguf.tensor("cls.bias").orElseThrow());
            output = HostVector.floats(gguf.tensor("cls.output.weight").orElseThrow());
            outputBias = HostVector.floats(gguf.tensor("cls.output.bias").orElseThrow());
        }
        Files.delete(file);
        SafetensorsWriter.write(folder, tensors);
        float[] scores = compute(folder);
        pooling("pooling_mode_cls_token");
        double[] hidden = project(dense, denseBias, doubles(compute(folder)));
        double[] expected =
                project(
                        output,
                        outputBias,
                        Arrays.stream(hidden).map(x -> Math.max(0, x)).toArray());
        for (int i = 0; i < 3; i++) {
            assertEquals(expected[i], scores[i], 1e-5);
        }
    }

    private static GoldenFolder distilBert() {
        String layer = "distilbert.transformer.layer.#.";
        return GoldenFolder.of("none", DISTILBERT)
                .name("token_embd.weight", "distilbert.embeddings.word_embeddings.weight")
                .drop("token_types.weight")
                .name("position_embd.weight", "distilbert.embeddings.position_embeddings.weight")
                .both("token_embd_norm", "distilbert.embeddings.LayerNorm")
                .both("blk.#.attn_q", layer + "attention.q_lin")
                .both("blk.#.attn_k", layer + "attention.k_lin")
                .both("blk.#.attn_v", layer + "attention.v_lin")
                .both("blk.#.attn_output", layer + "attention.out_lin")
                .both("blk.#.attn_output_norm", layer + "sa_layer_norm")
                .both("blk.#.ffn_up", layer + "ffn.lin1")
                .both("blk.#.ffn_down", layer + "ffn.lin2")
                .both("blk.#.layer_output_norm", layer + "output_layer_norm")
                .both("cls", "pre_classifier")
                .both("cls.output", "classifier");
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static double[] project(float[] weight, float[] bias, double[] x) {
        double[] y = doubles(bias);
        for (int row = 0; row < y.length; row++) {
            for (int c = 0; c < x.length; c++) {
                y[row] += weight[row * x.length + c] * x[c];
            }
        }
        return y;
    }

    @Test
    void aFolderWithoutModulesGetsTheMean() throws Exception {
        GoldenFolder golden = bert("bert-mean", CONFIG.formatted("BertModel", ""));
        SafetensorsWriter.write(folder, golden.tensors(folder));
        try (Engine engine = Engine.open(folder)) {
            assertEquals(Pooling.MEAN, engine.encoders().getFirst().pooling());
        }
    }

    @Test
    void otherPositionsAreRefused() throws Exception {
        SharedFiles.get("golden", "bert-mean");
        String config = CONFIG.formatted("BertModel", "").replace("absolute", "relative_key");
        SafetensorsWriter.write(folder, bert("bert-mean", config).tensors(folder));
        String message =
                assertThrows(ModelFormatException.class, () -> Engine.open(folder)).getMessage();
        assertTrue(message.contains("position_embedding_type"), message);
    }
}
