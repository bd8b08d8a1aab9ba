package dev.nightjar.engine.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.nightjar.engine.Engine;
import dev.nightjar.kernels.backend.ActivationPrecision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rows of 8 bits cost a trained encoder, and that neighbours change nothing. */
class Int8EncodersTest {

    private static final List<String> TEXTS =
            List.of(
                    "A cat sleeps on the sofa.",
                    "It rains in the town.",
                    "The fox runs into the forest.",
                    "A dog barks at the moon.",
                    "The girl eats an apple in the garden.",
                    "Snow.",
                    "The boat sails over the lake, and my brother plays the drum on the old boat.");

    private static Engine open(ActivationPrecision activations) {
        try {
            return Engine.builder().activations(activations).demoEncoder(EncoderTask.EMBED).open();
        } catch (IllegalStateException e) {
            return abort("skipped: " + e.getMessage());
        }
    }

    private static List<float[]> vectors(Engine engine, List<String> texts) throws Exception {
        return engine.encoders().getFirst().embed(texts, EmbedOptions.defaults()).stream()
                .map(Embedding::vector)
                .toList();
    }

    @Test
    void vectorsPointWhereExactOnesDo() throws Exception {
        try (Engine exact = open(ActivationPrecision.EXACT);
                Engine int8 = open(ActivationPrecision.INT8)) {
            List<float[]> expected = vectors(exact, TEXTS);
            List<float[]> found = vectors(int8, TEXTS);
            for (int i = 0; i < TEXTS.size(); i++) {
                double cosine = dot(expected.get(i), found.get(i));
                assertTrue(cosine > 0.9995 && cosine < 0.999999, TEXTS.get(i) + ": " + cosine);
            }
        }
    }

    @Test
    void batchedEqualsAlone() throws Exception {
        try (Engine int8 = open(ActivationPrecision.INT8)) {
            List<float[]> alone = new ArrayList<>();
            for (String text : TEXTS) {
                alone.addAll(vectors(int8, List.of(text)));
            }
            List<float[]> batched = vectors(int8, TEXTS);
            for (int i = 0; i < TEXTS.size(); i++) {
                assertArrayEquals(alone.get(i), batched.get(i), TEXTS.get(i));
            }
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
