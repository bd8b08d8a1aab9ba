package dev.nightjar.engine.format.hf.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.RelativePositions;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MpnetFamilyTest {

    /** As published models have it, but for the sizes. */
    private static final String PUBLISHED =
            """
            {"architectures": ["MPNetForMaskedLM"], "attention_probs_dropout_prob": 0.1,
             "bos_token_id": 0, "eos_token_id": 2, "gradient_checkpointing": false,
             "hidden_act": "gelu", "hidden_dropout_prob": 0.1, "hidden_size": 24,
             "initializer_range": 0.02, "intermediate_size": 40, "layer_norm_eps": 1e-05,
             "max_position_embeddings": 514, "model_type": "mpnet", "num_attention_heads": 3,
             "num_hidden_layers": 2, "pad_token_id": 1, "relative_attention_num_buckets": %d,
             "torch_dtype": "float32", "transformers_version": "4.8.2", "vocab_size": 30527}
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

    @Test
    void publishedConfigurationsAreKnown() {
        EncoderConfig config = read(PUBLISHED.formatted(32));
        assertEquals(512, config.maxPositions());
        assertEquals(0, config.numTokenTypes());
        assertEquals(1e-5, config.normEps());
        assertEquals(Optional.of(new RelativePositions(32, 128)), config.relativePositions());
    }

    /** Its library takes 32 whatever the key says, so a table of another size is no such model. */
    @Test
    void otherNumbersOfBucketsAreRefused() {
        String message =
                assertThrows(ModelFormatException.class, () -> read(PUBLISHED.formatted(64)))
                        .getMessage();
        assertTrue(message.contains("relative_attention_num_buckets"), message);
    }
}
