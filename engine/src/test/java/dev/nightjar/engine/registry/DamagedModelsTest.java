package dev.nightjar.engine.registry;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.gguf.SyntheticLlama;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.tokenizer.TokenizerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model with a flipped bit in its header is refused with a typed error, or it runs. */
class DamagedModelsTest {

    /** Keys, names and shapes of the synthetic model; weights follow. */
    private static final int HEADER_BITS = 8 * 1400;

    @TempDir private Path folder;

    @Test
    void someFlippedBits() throws Exception {
        flipEvery(23);
    }

    @Test
    @Tag("full")
    void everyFlippedBit() throws Exception {
        flipEvery(1);
    }

    private void flipEvery(int stride) throws Exception {
        byte[] whole = SyntheticLlama.complete().toBytes();
        int refused = 0;
        int run = 0;
        for (int bit = 0; bit < HEADER_BITS; bit += stride) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            if (runs(damaged)) {
                run++;
            } else {
                refused++;
            }
        }
        assertTrue(run > 0 && refused > 0, "run %d, refused %d".formatted(run, refused));
    }

    /** Anything but the typed errors fails the test. */
    private boolean runs(byte[] file) throws IOException, InterruptedException {
        Path path = Files.write(folder.resolve("damaged.gguf"), file);
        SamplingParams two = SamplingParams.builder().temperature(0).maxTokens(2).build();
        try (Engine engine = Engine.builder().backend("scalar").model(path).open()) {
            engine.generate(TextRequest.of("a").withSampling(two));
            return true;
        } catch (ModelFormatException | UnknownArchitectureException | TokenizerException refused) {
            return false;
        }
    }
}
