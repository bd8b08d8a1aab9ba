package dev.nightjar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.encoder.EmbedOptions;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.lifecycle.ModelSpec;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.request.ModelUnloadedException;
import dev.nightjar.engine.synthetic.ModelShape;
import dev.nightjar.engine.synthetic.ModelSynthesizer;
import dev.nightjar.engine.synthetic.SyntheticSpec;
import dev.nightjar.engine.synthetic.SyntheticVocabulary;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.engine.text.TextStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that come and go while the engine runs. */
class EngineModelsTest {

    private static final int CYCLES = 16;
    private static final int WARM_UP = 6;

    @TempDir private Path folder;

    private Path tiny(String type) throws IOException {
        Path file = folder.resolve("tiny-" + type + ".gguf");
        new ModelSynthesizer(SyntheticSpec.parse("tiny:" + type), 7)
                .write(file, SyntheticVocabulary.plain(ModelShape.TINY), written -> {});
        return file;
    }

    private static TextRequest request(int tokens) {
        return TextRequest.of("the story of a fox")
                .withSampling(s -> s.temperature(0).maxTokens(tokens).ignoreEos(true));
    }

    @Test
    void oneModelComesAndGoesWhileAnotherRuns() throws Exception {
        try (Engine engine = Engine.builder().model("stays", tiny("q8_0")).open()) {
            String alone = engine.generate(request(300)).text();
            try (TextStream stream = engine.stream(request(300))) {
                CompletableFuture<Completion> running = inBackground(stream);
                engine.load("guest", tiny("q4_0"));
                assertEquals(
                        List.of("stays", "guest"),
                        engine.models().stream().map(TextModel::name).toList());
                assertFalse(engine.require("guest").generate(request(20)).text().isEmpty());
                engine.unload("guest");
                assertThrows(ModelNotLoadedException.class, () -> engine.require("guest"));
                assertEquals(alone, running.get(60, TimeUnit.SECONDS).text());
            }
        }
    }

    private static CompletableFuture<Completion> inBackground(TextStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return stream.await();
                    } catch (InterruptedException stopped) {
                        throw new IllegalStateException(stopped);
                    }
                });
    }

    @Test
    void unloadingRefusesNewWorkAndLetsTheOldEnd() throws Exception {
        try (Engine engine = Engine.builder().demoModel().open()) {
            engine.load("guest", tiny("q4_0"));
            TextModel guest = engine.require("guest");
            try (TextStream stream = guest.start(request(1500))) {
                CompletableFuture<Completion> running = inBackground(stream);
                CompletableFuture<Void> unloading =
                        CompletableFuture.runAsync(() -> unload(engine, "guest"));
                assertThrows(ModelUnloadedException.class, () -> startUntilRefused(guest));
                Completion completion = running.get(60, TimeUnit.SECONDS);
                assertEquals(FinishReason.LENGTH, completion.reason());
                assertEquals(1500, completion.usage().completionTokens());
                unloading.get(60, TimeUnit.SECONDS);
            }
            assertEquals(1, engine.models().size());
        }
    }

    private static void unload(Engine engine, String name) {
        try {
            engine.unload(name);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static void startUntilRefused(TextModel model) throws InterruptedException {
        for (int i = 0; i < 2000; i++) {
            try (TextStream stream = model.start(request(1))) {
                assertEquals(FinishReason.LENGTH, stream.await().reason());
            }
        }
    }

    @Test
    void encodersComeAndGoToo() throws Exception {
        try (Engine engine = Engine.builder().demoModel().open()) {
            for (int i = 0; i < 2; i++) {
                engine.load(
                        ModelSpec.of(
                                "vectors",
                                DemoModels.encoder(EncoderTask.EMBED, LoadOptions.defaults())));
                EncoderModel encoder = engine.requireEncoder("vectors");
                assertEquals(1, encoder.embed(List.of("a fox"), EmbedOptions.defaults()).size());
                engine.unload("vectors");
                assertThrows(
                        ModelUnloadedException.class,
                        () -> encoder.embed(List.of("a fox"), EmbedOptions.defaults()));
            }
            assertEquals(List.of(), engine.encoders());
        }
    }

    @Test
    void whatCannotBeLoadedLeavesNothingBehind() throws Exception {
        Path damaged = folder.resolve("damaged.gguf");
        byte[] bytes = Files.readAllBytes(tiny("q4_0"));
        Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));
        try (Engine engine = Engine.builder().demoModel().open()) {
            assertThrows(ModelFormatException.class, () -> engine.load("guest", damaged));
            assertFalse(maps().contains("damaged.gguf"));
            engine.load("guest", tiny("q4_0"));
            assertEquals(2, engine.models().size());
        }
    }

    /** Files are no longer mapped, and what was copied from them does not add up. */
    @Test
    void memoryReturns() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs /proc");
        Path file = tiny("f32");
        try (Engine engine = Engine.builder().demoModel().open()) {
            for (int i = 0; i < WARM_UP; i++) {
                cycle(engine, file); // the heap and what is compiled grow at first
            }
            long before = anonymousBytes();
            for (int i = 0; i < CYCLES; i++) {
                cycle(engine, file);
            }
            long grown = anonymousBytes() - before;
            long leaked = CYCLES * Files.size(file);
            assertTrue(
                    grown < leaked / 3,
                    "%,d bytes grown; a leak of the weights alone would be %,d"
                            .formatted(grown, leaked));
        }
    }

    private static void cycle(Engine engine, Path file) throws Exception {
        engine.load("guest", file);
        assertTrue(maps().contains(file.getFileName().toString()));
        engine.require("guest").generate(request(30));
        engine.unload("guest");
        assertFalse(maps().contains(file.getFileName().toString()), "the file is still mapped");
        assertEquals(1, engine.manager().statuses().size());
    }

    private static String maps() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        Assumptions.assumeTrue(Files.exists(maps), "needs /proc");
        return Files.readString(maps);
    }

    private static long anonymousBytes() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
