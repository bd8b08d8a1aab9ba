package dev.nightjar.engine.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.gguf.SyntheticLlama;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights come with the shape that was asked for, or not at all. */
class WeightMapTest {
    private final WeightMap weights = WeightMap.of(SyntheticLlama.complete().toFile());

    @Test
    void weightsOfALayer() {
        WeightMap layer = weights.sub("blk").sub("0");
        assertEquals(new Shape(4, 8), layer.matrix("attn_k.weight", 4, 8).shape());
        assertEquals(DType.F32, layer.vector("ffn_norm.weight", 8).dtype());
        assertTrue(layer.optionalMatrix("attn_q.weight", 8, 8).isPresent());
        assertFalse(layer.optionalVector("attn_q.bias", 8).isPresent());
    }

    @Test
    void anotherShapeIsRefused() {
        var error =
                assertThrows(
                        ModelFormatException.class,
                        () -> weights.sub("blk.0").matrix("attn_k.weight", 8, 4));
        assertEquals(
                "test.gguf: tensor blk.0.attn_k.weight: expected shape [8, 4], found [4, 8];"
                        + " do the weights belong to this configuration?",
                error.getMessage());
        assertThrows(
                ModelFormatException.class, () -> weights.optionalVector("token_embd.weight", 48));
    }

    @Test
    void aMissingWeightIsNamedWithItsNeighbours() {
        var error =
                assertThrows(
                        MissingTensorException.class,
                        () -> weights.sub("blk.1").matrix("attn_q.weight", 8, 8));
        assertEquals("blk.1.attn_q.weight", error.name());
        assertEquals(
                "test.gguf: tensor blk.1.attn_q.weight is missing, expected with shape [8, 8];"
                        + " similar names in the file: blk.0.attn_q.weight, blk.0.attn_k.weight,"
                        + " blk.0.attn_v.weight",
                error.getMessage());
        var strange = assertThrows(MissingTensorException.class, () -> weights.vector("x", 1));
        assertTrue(
                strange.getMessage().endsWith("no tensor of a similar name"), strange.getMessage());
    }

    @Test
    void unusedWeightsAreThoseNobodyAskedFor() {
        assertEquals(11, weights.unused().size());
        WeightMap layer = weights.sub("blk.0");
        layer.matrix("attn_q.weight", 8, 8);
        layer.optionalMatrix("attn_k.weight", 4, 8);
        layer.optionalVector("attn_k.bias", 4);
        weights.matrix("token_embd.weight", 6, 8);
        assertEquals(8, layer.unused().size());
        assertEquals(
                List.of("output_norm.weight", "blk.0.attn_norm.weight"),
                weights.unused().subList(0, 2));
    }
}
