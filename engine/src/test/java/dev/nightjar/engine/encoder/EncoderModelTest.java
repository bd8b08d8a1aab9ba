package dev.nightjar.engine.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.ModelNotLoadedException;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.gguf.GgufWriter;
import dev.nightjar.engine.format.gguf.SyntheticBert;
import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.tokenizer.encoding.TextInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in, vectors, scores and labels out; what cannot be is refused with a reason. */
class EncoderModelTest {

    private static final String LONG = "a b c ".repeat(6);

    @TempDir private Path folder;

    private Engine open(GgufWriter writer) {
        return Engine.builder().model("bert", writer.write(folder.resolve("bert.gguf"))).open();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void vectorsHaveLengthOne(int pooling) throws Exception {
        try (Engine engine = open(SyntheticBert.pooling(pooling))) {
            EncoderModel model = engine.requireEncoder("bert");
            assertEquals(Set.of(EncoderTask.EMBED), model.tasks());
            List<Embedding> embeddings = model.embed(List.of("a b", "", "ab!"));
            assertEquals(List.of(4, 2, 5), embeddings.stream().map(Embedding::numTokens).toList());
            for (Embedding embedding : embeddings) {
                assertEquals(SyntheticBert.HIDDEN, embedding.vector().length);
                assertEquals(1, length(embedding.vector()), 1e-6);
            }
        }
    }

    /** Each pooling against the definition: a text of one more token tells first from last. */
    @Test
    void poolingsDiffer() throws Exception {
        List<float[]> vectors = new ArrayList<>();
        for (int pooling = 1; pooling <= 3; pooling++) {
            try (Engine engine = open(SyntheticBert.pooling(pooling))) {
                EncoderInput input = EncoderInput.of(2, 4, 5, 3);
                vectors.add(engine.encoders().getFirst().compute(List.of(input))[0]);
            }
        }
        assertFalse(Arrays.equals(vectors.get(0), vectors.get(1)));
        assertFalse(Arrays.equals(vectors.get(1), vectors.get(2)));
        assertFalse(Arrays.equals(vectors.get(0), vectors.get(2)));
    }

    @Test
    void dimensionsAreCutBeforeTheScaling() throws Exception {
        try (Engine engine = open(SyntheticBert.pooling(1))) {
            EncoderModel model = engine.encoders().getFirst();
            EmbedOptions raw = EmbedOptions.defaults().withScaling(EmbedOptions.Scaling.RAW);
            float[] whole = model.embed(List.of("abc"), raw).getFirst().vector();
            float[] five =
                    model.embed(List.of("abc"), EmbedOptions.defaults().withDimensions(5))
                            .getFirst()
                            .vector();
            assertEquals(1, length(five), 1e-6);
            double factor = length(Arrays.copyOf(whole, 5));
            for (int i = 0; i < 5; i++) {
                assertEquals(whole[i] / factor, five[i], 1e-6);
            }
            assertArrayEquals(
                    Arrays.copyOf(whole, 3),
                    model.embed(List.of("abc"), raw.withDimensions(3)).getFirst().vector());
            assertThrows(
                    InvalidRequestException.class,
                    () -> model.embed(List.of("a"), raw.withDimensions(13)));
        }
    }

    @Test
    void longTextsAreRefusedOrCut() throws Exception {
        try (Engine engine = open(SyntheticBert.pooling(1))) {
            EncoderModel model = engine.encoders().getFirst();
            String message =
                    assertThrows(ContextLengthException.class, () -> model.embed(List.of(LONG)))
                            .getMessage();
            assertTrue(message.contains("20") && message.contains("16"), message);
            EmbedOptions cut = EmbedOptions.defaults().withOverflow(Overflow.CUT);
            assertEquals(16, model.embed(List.of(LONG), cut).getFirst().numTokens());
            int[] ids = model.encode(TextInput.of(LONG), Overflow.CUT).ids();
            assertEquals(2, ids[0]);
            assertEquals(3, ids[15], "the last separator stays");
        }
    }

    @Test
    void pairsHaveTypesAndScores() throws Exception {
        try (Engine engine = open(SyntheticBert.scores(1))) {
            EncoderModel model = engine.encoders().getFirst();
            assertEquals(Set.of(EncoderTask.RERANK), model.tasks());
            EncoderInput pair = model.encode(TextInput.ofPair("a", "b c"), Overflow.REFUSE);
            assertArrayEquals(new int[] {2, 4, 3, 5, 6, 3}, pair.ids());
            assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1}, pair.typeIds());
            List<RankedText> ranked = model.rerank("a", List.of("b c", "c", "a b"));
            assertEquals(3, ranked.size());
            for (int i = 0; i < 3; i++) {
                RankedText text = ranked.get(i);
                assertEquals(1 / (1 + Math.exp(-text.rawScore())), text.score(), 1e-6);
                assertTrue(i == 0 || text.score() <= ranked.get(i - 1).score());
            }
            RankedText first = ranked.stream().filter(t -> t.index() == 0).findFirst().get();
            assertEquals(model.compute(List.of(pair))[0][0], first.rawScore());
            EncoderInput untyped = EncoderInput.of(pair.ids());
            assertFalse(model.compute(List.of(untyped))[0][0] == first.rawScore());
            assertThrows(UnsupportedTaskException.class, () -> model.embed(List.of("a")));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void labelsAreSorted(boolean named) throws Exception {
        GgufWriter writer = SyntheticBert.scores(3);
        if (named) {
            writer.strings("bert.classifier.output_labels", List.of("x", "y", "z"));
        }
        try (Engine engine = open(writer)) {
            EncoderModel model = engine.encoders().getFirst();
            assertEquals(Set.of(EncoderTask.CLASSIFY), model.tasks());
            assertEquals(
                    named ? List.of("x", "y", "z") : List.of("LABEL_0", "LABEL_1", "LABEL_2"),
                    model.labels());
            Classification found = model.classify("abc");
            assertEquals(
                    1, found.labels().stream().mapToDouble(label -> label.score()).sum(), 1e-6);
            assertTrue(found.top().score() >= found.labels().getLast().score());
            float[] raw = model.compute(List.of(EncoderInput.of(2, 4, 8, 9, 3)))[0];
            int best = model.labels().indexOf(found.top().label());
            assertEquals(raw[best], found.top().rawScore());
        }
    }

    /** What a user writes never becomes a special token. */
    @Test
    void spelledSpecialTokensAreText() {
        try (Engine engine = open(SyntheticBert.pooling(1))) {
            EncoderModel model = engine.encoders().getFirst();
            int[] ids = model.encode(TextInput.of("a [SEP] b"), Overflow.REFUSE).ids();
            assertEquals(1, Arrays.stream(ids).filter(id -> id == 3).count());
        }
    }

    @Test
    void idsOutOfRangeAreRefused() {
        try (Engine engine = open(SyntheticBert.pooling(1))) {
            EncoderModel model = engine.encoders().getFirst();
            for (EncoderInput wrong :
                    List.of(
                            EncoderInput.of(2, 11),
                            EncoderInput.of(-1),
                            new EncoderInput(new int[] {2}, new int[] {2}))) {
                assertThrows(InvalidRequestException.class, () -> model.compute(List.of(wrong)));
            }
        }
    }

    @Test
    void anEngineOfEncodersAloneWorks() throws Exception {
        try (Engine engine = open(SyntheticBert.pooling(1))) {
            assertEquals(List.of(), engine.models());
            assertEquals(0, engine.stats().steps());
            String message =
                    assertThrows(ModelNotLoadedException.class, () -> engine.generate("a"))
                            .getMessage();
            assertTrue(message.contains("bert"), message);
            engine.warmUp();
            engine.drain(Duration.ofSeconds(1));
        }
    }

    @Test
    void textModelsAndEncodersLiveTogether() throws Exception {
        Path file = SyntheticBert.pooling(1).write(folder.resolve("bert.gguf"));
        try (Engine engine = Engine.builder().model("bert", file).demoModel().open()) {
            assertEquals(1, engine.models().size());
            assertEquals(1, engine.encoders().size());
            float[] before = engine.encoders().getFirst().embed(List.of("a")).getFirst().vector();
            try (var stream = engine.stream("Once")) {
                float[] during =
                        engine.encoders().getFirst().embed(List.of("a")).getFirst().vector();
                assertArrayEquals(before, during);
                assertFalse(stream.await().text().isEmpty());
            }
        }
    }

    @Test
    void aLargeRequestDoesNotDelayASmallOne() throws Exception {
        try (Engine engine = open(SyntheticBert.pooling(1))) {
            EncoderModel model = engine.encoders().getFirst();
            List<EncoderInput> many = Collections.nCopies(100_000, EncoderInput.of(2, 4, 5, 3));
            Thread large =
                    Thread.ofVirtual()
                            .start(
                                    () ->
                                            assertThrows(
                                                    InterruptedException.class,
                                                    () -> model.compute(many)));
            while (model.stats().steps() == 0) {
                Thread.sleep(1);
            }
            assertEquals(1, model.compute(List.of(EncoderInput.of(2, 4, 3))).length);
            assertTrue(model.stats().sequences() < many.size(), "the large one was done before");
            large.interrupt();
            large.join();
        }
    }

    @Test
    void aLostPoolerIsRefused() {
        String message = refused(SyntheticBert.withoutPooler());
        assertTrue(message.contains("pooler") && message.contains("cls.weight"), message);
    }

    @Test
    void otherAttentionIsRefused() {
        GgufWriter writer = SyntheticBert.pooling(1).uint32("bert.attention.sliding_window", 8);
        assertTrue(refused(writer).contains("sliding_window"));
    }

    @Test
    void labelsThatAreNotOnePerScoreAreRefused() {
        GgufWriter writer =
                SyntheticBert.scores(3).strings("bert.classifier.output_labels", List.of("x", "y"));
        assertTrue(refused(writer).contains("expected 3 labels"));
    }

    private String refused(GgufWriter writer) {
        return assertThrows(ModelFormatException.class, () -> open(writer)).getMessage();
    }

    private static double length(float[] vector) {
        double square = 0;
        for (float x : vector) {
            square += x * x;
        }
        return Math.sqrt(square);
    }
}
