package dev.nightjar.engine.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.engine.schedule.SchedulerConfig;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.tensor.DType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A prompt that comes while a stream runs, on a machine that takes a millisecond per token. */
class PacedStepsTest {

    private static final int PROMPT = 400;
    private static final int VOCAB = 512;

    private final List<Integer> stepTokens = new CopyOnWriteArrayList<>();

    private void compute(ForwardBatch batch, Matrix logits) {
        stepTokens.add(batch.numTokens());
        takeMillis(batch.numTokens());
        for (int row = 0; row < batch.numLogitRows(); row++) {
            StubModel.write(logits, row, 5);
        }
    }

    /** At least so long: a park ends early where somebody woke this thread before. */
    private static void takeMillis(int millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        for (long left; (left = end - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(left);
        }
    }

    @Test
    void aRunningStreamNeedNotWaitForTheWholePrompt() throws InterruptedException {
        Backend backend = Backends.open(new BackendOptions(Optional.of("scalar"), 1));
        try (EngineLoop loop = new EngineLoop(backend)) {
            LoadedModel model =
                    new LoadedModel(
                            backend,
                            new LoadedModel.Parts(
                                    "slow",
                                    new StubModel(backend, 8, VOCAB, this::compute),
                                    new MemoryPlan(0, 1 << 20, 256, 4, DType.F32, 0, 1024),
                                    new SchedulerConfig(512, 8, 8),
                                    Duration.ofMillis(20),
                                    id -> false));
            loop.add(model);
            TokenStream stream = loop.submit(model, request(1, 500));
            stream.next();
            Thread reader = Thread.startVirtualThread(() -> readAll(stream));
            readAll(loop.submit(model, request(PROMPT, 1)));
            stream.abort();
            reader.join();
        }
        int largest = stepTokens.stream().mapToInt(Integer::intValue).max().orElseThrow();
        assertTrue(largest <= 33, "the first guess, and a token of the stream: " + stepTokens);
        long paced = stepTokens.stream().filter(tokens -> tokens > 1 && tokens <= 24).count();
        assertTrue(paced >= PROMPT / 32, "later ones take 20 ms: " + stepTokens);
    }

    /** Each token once, so that nothing of it is found in the cache. */
    private static GenerationRequest request(int promptTokens, int maxTokens) {
        int[] ids = IntStream.range(0, promptTokens).map(i -> (i + promptTokens) % VOCAB).toArray();
        return GenerationRequest.of(
                ids, SamplingParams.builder().temperature(0).maxTokens(maxTokens).build());
    }

    private static void readAll(TokenStream stream) {
        try {
            while (!(stream.next() instanceof TokenEvent.Finished)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
