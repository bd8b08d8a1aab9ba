package dev.nightjar.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.nightjar.engine.ComputeBackends;
import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.engine.synthetic.ModelShape;
import dev.nightjar.engine.synthetic.ModelSynthesizer;
import dev.nightjar.engine.synthetic.SyntheticSpec;
import dev.nightjar.engine.synthetic.SyntheticVocabulary;
import dev.nightjar.engine.text.TextModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Running streams cost no memory: neither the engine thread nor a kernel thread allocates a byte in
 * a decode step, from the schedule to the token in its reader's queue. Kernels box vectors until
 * they are compiled, and what a sequence remembers doubles now and then, so the claim is that
 * {@value #STEPS} steps in a row without a byte are found, not that all are like that.
 */
class SteadyStateAllocationTest {

    /** Two blocks of the cache are filled and indexed in that many steps. */
    private static final int STEPS = 64;

    private static final int TOKENS = 1000;

    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = "vector")
    void aDecodeStepAllocatesNothing(String backend) throws Exception {
        ComputeBackends.require(backend);
        try (Engine engine = Engine.builder().backend(backend).threads(2).model(tiny()).open()) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            long least = Long.MAX_VALUE;
            while (least > 0 && System.nanoTime() - deadline < 0) {
                least = Math.min(least, leastOfRun(engine.model()));
            }
            assertEquals(0, least, "bytes allocated in the best " + STEPS + " steps");
        }
    }

    private Path tiny() throws IOException {
        Path file = folder.resolve("tiny.gguf");
        new ModelSynthesizer(SyntheticSpec.parse("tiny:q8_0"), 1)
                .write(file, SyntheticVocabulary.plain(ModelShape.TINY), written -> {});
        return file;
    }

    /** Several sequences of different sampling from first to last token. */
    private long leastOfRun(TextModel model) throws InterruptedException, ExecutionException {
        List<FutureTask<FinishReason>> readers = new ArrayList<>();
        SamplingParams.Builder params =
                SamplingParams.builder().maxTokens(TOKENS).ignoreEos(true).seed(1L);
        for (GenerationRequest request :
                List.of(
                        request(1, params.temperature(0).build()),
                        request(2, params.temperature(1).build()),
                        request(3, params.topK(20).topP(0.9).build()),
                        request(4, params.topK(0).minP(0.1).build()).withTopLogprobs(3),
                        request(5, params.repetitionPenalty(1.1f).build()))) {
            readers.add(reader(model.submit(request)));
        }
        long least = leastOfWindows(model, readers);
        for (FutureTask<FinishReason> reader : readers) {
            assertEquals(FinishReason.LENGTH, reader.get());
        }
        return least;
    }

    private static GenerationRequest request(int promptId, SamplingParams params) {
        return GenerationRequest.of(new int[] {promptId, promptId, promptId}, params);
    }

    private static FutureTask<FinishReason> reader(TokenStream stream) {
        FutureTask<FinishReason> reader =
                new FutureTask<>(
                        () -> {
                            while (true) {
                                if (stream.next() instanceof TokenEvent.Finished finished) {
                                    return finished.reason();
                                }
                            }
                        });
        Thread.ofPlatform().daemon().start(reader);
        return reader;
    }

    /** The fewest bytes of any window of steps in which all sequences decoded. */
    private long leastOfWindows(TextModel model, List<FutureTask<FinishReason>> readers)
            throws InterruptedException {
        List<Thread> engineThreads = engineThreads();
        assertTrue(engineThreads.size() >= 1, "the engine's threads are found by their names");
        long least = Long.MAX_VALUE;
        long firstStep = -1;
        long firstBytes = 0;
        while (readers.stream().noneMatch(FutureTask::isDone)) {
            long step = model.stats().steps();
            long bytes = bytes(engineThreads);
            boolean isAtEnd = model.stats().running() < readers.size();
            if (firstStep < 0 || step - firstStep >= STEPS) {
                least = firstStep < 0 || isAtEnd ? least : Math.min(least, bytes - firstBytes);
                firstStep = isAtEnd ? -1 : step;
                firstBytes = bytes;
            }
            Thread.sleep(1);
        }
        return least;
    }

    private static List<Thread> engineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("nightjar-"))
                .toList();
    }

    private long bytes(List<Thread> those) {
        long sum = 0;
        for (Thread thread : those) {
            sum += threads.getThreadAllocatedBytes(thread.threadId());
        }
        return sum;
    }
}
