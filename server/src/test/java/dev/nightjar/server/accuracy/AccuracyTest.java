package dev.nightjar.server.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracyTest {

    private static final String TEXT =
            "Once upon a time, there was a little girl named Lily. She loved to play outside in"
                    + " the park. One day, she saw a big, red ball. She wanted to play with it.";

    private static Engine engine;

    @TempDir private Path folder;

    @BeforeAll
    static void open() {
        engine = Engine.open(TestModels.stories());
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void chunksFollowOneAnotherAndBeginWithBos() {
        TextModel model = engine.model();
        int[] ids = model.tokenizer().withBos(model.tokenizer().encode(TEXT));
        ChunkedText text = ChunkedText.of(model, TEXT, 16, 100);
        assertEquals(ids.length / 16, text.chunks().size());
        assertEquals(1, ChunkedText.of(model, TEXT, 16, 1).chunks().size());
        for (int i = 0; i < text.chunks().size(); i++) {
            assertEquals(1, text.chunks().get(i)[0]);
            assertEquals(
                    Arrays.toString(Arrays.copyOfRange(ids, 16 * i + 1, 16 * i + 16)),
                    Arrays.toString(Arrays.copyOfRange(text.chunks().get(i), 1, 16)));
        }
        assertEquals(7, text.scoredPerChunk());
        assertThrows(IllegalArgumentException.class, () -> ChunkedText.of(model, "x", 64, 1));
        assertThrows(IllegalArgumentException.class, () -> ChunkedText.of(model, TEXT, 1 << 20, 1));
    }

    @Test
    void scoresTheSecondHalfWithItsSuccessors() {
        List<Integer> scored = new ArrayList<>();
        ChunkedText text = ChunkedText.of(engine.model(), TEXT, 16, 1);
        text.score(engine.model(), 0, (logits, next) -> scored.add(next));
        List<Integer> expected = Arrays.stream(text.chunks().getFirst()).skip(9).boxed().toList();
        assertEquals(expected, scored);
    }

    @Test
    void perplexityOfEvenOddsIsTheirNumber() {
        Perplexity perplexity = new Perplexity();
        perplexity.accept(new float[8], 3);
        perplexity.accept(new float[8], 5);
        assertEquals(8, perplexity.value(), 1e-12);
        assertEquals(0, perplexity.uncertainty(), 1e-6);
        assertEquals(2, perplexity.count());
    }

    @Test
    void divergenceIsThatOfTheFormula() throws IOException {
        float[] base = {(float) Math.log(0.5), (float) Math.log(0.25), (float) Math.log(0.25)};
        float[] other = {(float) Math.log(0.25), (float) Math.log(0.5), (float) Math.log(0.25)};
        Path file = folder.resolve("base");
        try (BaseFile.Writer writer =
                new BaseFile.Writer(file, new ChunkedText(List.of(new int[] {0, 1, 2, 0})), 3)) {
            writer.accept(base, 0);
        }
        try (BaseFile.Reader reader = new BaseFile.Reader(file)) {
            Divergence divergence = new Divergence(reader);
            divergence.accept(other, 0);
            assertEquals(0.25 * Math.log(2), divergence.divergences().mean(), 1e-5);
            assertEquals(0, divergence.sameTopShare());
            assertEquals(2, divergence.basePerplexity().value(), 1e-4);
            assertEquals(4, divergence.perplexity().value(), 1e-4);
            double error = 2 * Math.pow(Math.log(2), 2);
            double energy = Math.pow(Math.log(2), 2) * (1 + 4 + 4);
            assertEquals(error / energy, divergence.normalizedError(), 1e-4);
        }
    }

    @Test
    void aModelDoesNotDivergeFromItself() throws IOException {
        TextModel model = engine.model();
        ChunkedText text = ChunkedText.of(model, TEXT, 20, 2);
        Path file = folder.resolve("base");
        try (BaseFile.Writer writer = new BaseFile.Writer(file, text, model.vocabSize())) {
            text.score(model, 0, writer);
            text.score(model, 1, writer);
        }
        try (BaseFile.Reader reader = new BaseFile.Reader(file)) {
            assertEquals(
                    Arrays.deepToString(text.chunks().toArray()),
                    Arrays.deepToString(reader.text().chunks().toArray()));
            Divergence divergence = new Divergence(reader);
            reader.text().score(model, 0, divergence);
            reader.text().score(model, 1, divergence);
            assertEquals(1, divergence.sameTopShare());
            assertTrue(divergence.divergences().max() < 1e-7);
            assertTrue(divergence.normalizedError() < 1e-8);
        }
    }

    @Test
    void damagedBasesAreRefused() throws IOException {
        Path file = folder.resolve("base");
        try (BaseFile.Writer writer =
                new BaseFile.Writer(file, new ChunkedText(List.of(new int[] {0, 1, 2, 0})), 3)) {
            writer.accept(new float[3], 0);
        }
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(Exception.class, () -> new BaseFile.Reader(file).close());
        }
        for (int i = 0; i < 20; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= (byte) 0x7f;
            Files.write(file, damaged);
            assertThrows(IllegalArgumentException.class, () -> new BaseFile.Reader(file).close());
        }
    }
}
