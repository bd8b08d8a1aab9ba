package dev.nightjar.engine.format.hf.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.LocalAttention;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys say how far layers see, and how far their rotations turn. */
class ModernBertFamilyTest {

    /** As published models have it, but for the sizes. */
    private static final String PUBLISHED =
            """
            {"architectures": ["ModernBertForSequenceClassification"], "attention_bias": false,
             "attention_dropout": 0.0, "bos_token_id": 50281, "classifier_activation": "gelu",
             "classifier_bias": false, "classifier_dropout": 0.0, "classifier_pooling": "mean",
             "cls_token_id": 50281, "decoder_bias": true, "deterministic_flash_attn": false,
             "embedding_dropout": 0.0, "eos_token_id": 50282, "global_attn_every_n_layers": 3,
             "global_rope_theta": 160000.0, "gradient_checkpointing": false,
             "hidden_activation": "gelu", "hidden_size": 24, "initializer_cutoff_factor": 2.0,
             "initializer_range": 0.02, "intermediate_size": 40, "layer_norm_eps": 1e-05,
             "local_attention": 128, "local_rope_theta": 10000.0,
             "max_position_embeddings": 8192, "mlp_bias": false, "mlp_dropout": 0.0,
             "model_type": "modernbert", "norm_bias": false, "norm_eps": 1e-05,
             "num_attention_heads": 3, "num_hidden_layers": 5, "pad_token_id": 50283,
             "position_embedding_type": "absolute", "reference_compile": true,
             "repad_logits_with_grad": false, "sep_token_id": 50282,
             "sparse_pred_ignore_index": -100, "sparse_prediction": false,
             "tie_word_embeddings": true, "torch_dtype": "float32",
             "transformers_version": "4.47.0", "vocab_size": 50368}
            """;

    private static final String LEAST =
            """
            {"architectures": ["ModernBertModel"], "hidden_size": 24, "intermediate_size": 40,
             "max_position_embeddings": 8192, "model_type": "modernbert",
             "num_attention_heads": 3, "num_hidden_layers": 5, "vocab_size": 61%s}
            """;

    @TempDir private Path folder;

    private EncoderConfig read(String json) {
        HfConfig config =
                HfConfig.of(
                        "config.json",
                        JsonReader.readObject(
                                json.getBytes(StandardCharsets.UTF_8), "config.json", 0));
        EncoderConfig encoder =
                EncoderFamilies.find(config)
                        .orElseThrow()
                        .config(config, SentencePipeline.read(folder, config));
        config.refuseUnknownKeys();
        return encoder;
    }

    private EncoderConfig with(String keys) {
        return read(LEAST.formatted(", " + keys));
    }

    private static void assertThetas(double global, double local, EncoderConfig config) {
        assertEquals(global, config.rope().theta());
        assertEquals(local, config.localAttention().orElseThrow().rope().theta());
    }

    @Test
    void publishedConfigurationsAreKnown() {
        EncoderConfig config = read(PUBLISHED);
        assertEquals(Pooling.MEAN, config.head().input());
        assertEquals(0, config.positionRows());
        assertEquals(8192, config.maxPositions());
        assertTrue(config.isPreNorm() && config.isGated());
        assertThetas(160_000, 10_000, config);
    }

    @Test
    void whatIsNotSaidIsAsInTheFirstModels() {
        EncoderConfig config = read(LEAST.formatted(""));
        LocalAttention local = config.localAttention().orElseThrow();
        assertEquals(64, local.window());
        assertEquals(List.of(false, true, true, false, true), local.layers());
        assertEquals(1e-5, config.normEps());
        assertEquals(Pooling.CLS, config.head().input());
        assertThetas(160_000, 10_000, config);
    }

    @Test
    void baseThatIsNullIsThatOfTheOtherLayers() {
        assertThetas(7000, 7000, with("\"local_rope_theta\": null, \"global_rope_theta\": 7000"));
        assertThetas(7000, 10_000, with("\"global_rope_theta\": 7000"));
    }

    @Test
    void newerConfigurationsSayItPerTypeOfLayer() {
        EncoderConfig config =
                with(
                        """
                        "layer_types": ["sliding_attention", "full_attention", "full_attention",
                          "sliding_attention", "sliding_attention"],
                        "rope_parameters": {
                          "full_attention": {"rope_type": "default", "rope_theta": 9000},
                          "sliding_attention": {"rope_type": "default", "rope_theta": 300}}
                        """);
        List<Boolean> layers = config.localAttention().orElseThrow().layers();
        assertEquals(List.of(true, false, false, true, true), layers);
        assertThetas(9000, 300, config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "layer_types | [\"full_attention\"]",
                "layer_types | [\"a\", \"a\", \"a\", \"a\", \"a\"]",
                "local_attention | 1",
                "classifier_pooling | \"max\"",
                "rope_scaling | {\"rope_type\": \"linear\", \"factor\": 2}",
                "hidden_activation | \"mish\"",
                "something_new | true"
            })
    void whatIsNotImplementedIsRefused(String key, String value) {
        String message =
                assertThrows(
                                ModelFormatException.class,
                                () -> with("\"%s\": %s".formatted(key, value)))
                        .getMessage();
        assertTrue(message.contains(key), message);
    }
}
