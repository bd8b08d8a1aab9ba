package dev.nightjar.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.request.TokenConstraint;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.engine.schedule.SchedulerConfig;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.tensor.DType;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to others when a model fails. */
class FailingStepTest {

    private static final int VOCAB = 8;
    private static final int THROWS = 6;
    private static final int NOT_A_NUMBER = 7;

    private EngineLoop loop;
    private LoadedModel model;

    /** Always answers token 1, unless a token of the batch asks for trouble. */
    private static void answer(ForwardBatch batch, Matrix logits) {
        for (int row = 0; row < batch.numLogitRows(); row++) {
            int id = batch.ids().host()[batch.logitRows().host()[row]];
            if (id == THROWS) {
                throw new IllegalStateException("the model broke");
            }
            StubModel.write(logits, row, id == NOT_A_NUMBER ? Float.NaN : 5);
        }
    }

    @BeforeEach
    void start() {
        Backend backend = Backends.open(new BackendOptions(Optional.of("scalar"), 1));
        loop = new EngineLoop(backend);
        model =
                new LoadedModel(
                        backend,
                        new LoadedModel.Parts(
                                "fragile",
                                new StubModel(backend, 8, VOCAB, FailingStepTest::answer),
                                new MemoryPlan(0, 1 << 20, 64, 4, DType.F32, 0, 128),
                                new SchedulerConfig(64, 8, 8),
                                Duration.ofSeconds(1),
                                id -> false));
        loop.add(model);
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void failedStepEndsItsSequencesAndTheEngineLivesOn() throws Exception {
        TokenEvent.Finished failed = lastOf(submit(THROWS, 5));
        assertEquals(FinishReason.ERROR, failed.reason());
        assertTrue(failed.error().orElseThrow().contains("the model broke"), failed::toString);

        assertEquals(FinishReason.LENGTH, lastOf(submit(2, 5)).reason());
        EngineStats stats = model.stats();
        assertEquals(1, stats.failed());
        assertEquals(stats.totalBlocks(), stats.freeBlocks());
    }

    @Test
    void logitsThatAreNotNumbersEndTheirSequenceAlone() throws Exception {
        TokenStream good = submit(2, 60);
        TokenStream bad = submit(NOT_A_NUMBER, 60);
        assertEquals(FinishReason.ERROR, lastOf(bad).reason());
        TokenEvent.Finished finished = lastOf(good);
        assertEquals(FinishReason.LENGTH, finished.reason());
        assertEquals(60, finished.usage().completionTokens());
    }

    /** A failure beside the computation, after it, hits its own sequence alone as well. */
    @Test
    void aTokenThatCannotBeDeliveredEndsItsSequenceAlone() throws Exception {
        TokenStream good = submit(2, 60);
        TokenConstraint hostile =
                new TokenConstraint() {
                    @Override
                    public void fillMask(long[] mask) {
                        mask[0] = -1;
                    }

                    @Override
                    public void accept(int token) {
                        throw new IllegalStateException() {
                            private static final long serialVersionUID = 1;

                            @Override
                            public String getMessage() {
                                throw new UnsupportedOperationException("not even a message");
                            }
                        };
                    }

                    @Override
                    public boolean isComplete() {
                        return false;
                    }
                };
        GenerationRequest request = GenerationRequest.of(new int[] {3}, params(60));
        TokenEvent.Finished bad = lastOf(loop.submit(model, request.withConstraint(hostile)));
        assertEquals(FinishReason.ERROR, bad.reason());
        assertTrue(bad.error().orElseThrow().contains("not even a message"), bad::toString);
        assertEquals(60, lastOf(good).usage().completionTokens());
        assertEquals(FinishReason.LENGTH, lastOf(submit(4, 5)).reason(), "the engine lives on");
        EngineStats stats = model.stats();
        assertEquals(1, stats.failed());
        assertEquals(stats.totalBlocks(), stats.freeBlocks());
    }

    /** Prompts without a common prefix: the fragile model writes no keys that could be copied. */
    private TokenStream submit(int promptId, int maxTokens) {
        return loop.submit(model, GenerationRequest.of(new int[] {promptId}, params(maxTokens)));
    }

    private static SamplingParams params(int maxTokens) {
        return SamplingParams.builder().temperature(0).maxTokens(maxTokens).build();
    }

    private static TokenEvent.Finished lastOf(TokenStream stream) throws InterruptedException {
        while (true) {
            if (stream.next() instanceof TokenEvent.Finished finished) {
                return finished;
            }
        }
    }
}
