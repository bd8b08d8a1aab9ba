package dev.nightjar.server.bench;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.engine.request.Usage;
import dev.nightjar.engine.text.TextModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Measures a model in service, through everything that a request goes through: scheduler, paged
 * cache, greedy sampling. Prompts are random ids.
 *
 * <p>A prefill is timed from the step that begins it to its first token; no token of it is in the
 * prefix cache but those of the depth. A decode at a depth finds its context there, so that all
 * sequences begin in one step; what counts is from the first generated token to the last.
 */
public final class ModelBench {

    /** Generated tokens of a run that only warms up. */
    private static final int WARM_UP_TOKENS = 16;

    private final TextModel model;
    private final SplittableRandom random;
    private int numSalts;

    /** Measures this model with the prompts of a seed. */
    public ModelBench(TextModel model, long seed) {
        this.model = model;
        random = new SplittableRandom(seed);
    }

    /**
     * Runs a test.
     *
     * @param warmUp runs that do not count take at least that long; there is at least one
     * @return tokens per second of each run that counts, total over sequences
     * @throws IllegalArgumentException if the test does not fit the context or the cache
     * @throws IllegalStateException if the engine fails
     */
    public List<Double> run(BenchTest test, int repetitions, Duration warmUp)
            throws InterruptedException {
        requireFit(test);
        List<GenerationRequest> contexts = new ArrayList<>();
        for (int i = 0; i < test.batch(); i++) {
            contexts.add(request(randomIds(Math.max(1, test.depth())), "bench-" + numSalts++, 1));
        }
        if (test.depth() > 0) {
            for (GenerationRequest context : contexts) {
                run(context); // into the prefix cache
            }
        }
        long end = System.nanoTime() + warmUp.toNanos();
        do {
            warmUp(test, contexts);
        } while (System.nanoTime() - end < 0);
        List<Double> results = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            results.add(once(test, contexts));
        }
        return results;
    }

    private void warmUp(BenchTest test, List<GenerationRequest> contexts)
            throws InterruptedException {
        boolean isShort =
                test.kind() == BenchTest.Kind.PREFILL || test.numTokens() <= WARM_UP_TOKENS;
        once(
                isShort
                        ? test
                        : new BenchTest(test.kind(), WARM_UP_TOKENS, test.depth(), test.batch()),
                contexts);
    }

    private double once(BenchTest test, List<GenerationRequest> contexts)
            throws InterruptedException {
        return test.kind() == BenchTest.Kind.PREFILL
                ? prefill(test, contexts.getFirst())
                : decode(test, contexts);
    }

    private double prefill(BenchTest test, GenerationRequest context) throws InterruptedException {
        int[] fresh = randomIds(test.numTokens());
        GenerationRequest request =
                test.depth() == 0
                        ? request(fresh, "bench-" + numSalts++, 1)
                        : request(joined(context.promptIds(), fresh), context.cacheSalt(), 1);
        Usage usage = run(request);
        int computed = usage.promptTokens() - usage.cachedTokens();
        return computed * 1e9 / usage.prefillNanos();
    }

    private double decode(BenchTest test, List<GenerationRequest> contexts)
            throws InterruptedException {
        List<TokenStream> streams = new ArrayList<>();
        List<Long> submitted = new ArrayList<>();
        try (Standstill _ = new Standstill(model)) {
            for (GenerationRequest context : contexts) {
                submitted.add(System.nanoTime());
                streams.add(
                        model.submit(
                                request(
                                        context.promptIds(),
                                        context.cacheSalt(),
                                        test.numTokens() + 1)));
            }
        }
        List<Usage> usages = readTogether(streams);
        List<DecodeWindow> windows = new ArrayList<>();
        for (int i = 0; i < usages.size(); i++) {
            windows.add(DecodeWindow.of(submitted.get(i), usages.get(i)));
        }
        return DecodeWindow.tokensPerSecond(windows);
    }

    private Usage run(GenerationRequest request) throws InterruptedException {
        return readTogether(List.of(model.submit(request))).getFirst();
    }

    /** Reads in turns, as a reader that stays behind would pause its sequence. */
    private static List<Usage> readTogether(List<TokenStream> streams) throws InterruptedException {
        Usage[] usages = new Usage[streams.size()];
        int numOpen = streams.size();
        while (numOpen > 0) {
            for (int i = 0; i < usages.length; i++) {
                if (usages[i] == null
                        && streams.get(i).next() instanceof TokenEvent.Finished finished) {
                    usages[i] = usage(finished);
                    numOpen--;
                }
            }
        }
        return List.of(usages);
    }

    private static Usage usage(TokenEvent.Finished finished) {
        if (finished.reason() != FinishReason.LENGTH) {
            throw new IllegalStateException(
                    "a sequence ended with %s: %s"
                            .formatted(finished.reason(), finished.error().orElse("no reason")));
        }
        return finished.usage();
    }

    private void requireFit(BenchTest test) {
        if (test.contextTokens() > model.maxContext()) {
            throw new IllegalArgumentException(
                    "%s needs a context of %d tokens, %s has %d; see --max-context"
                            .formatted(
                                    test.name(),
                                    test.contextTokens(),
                                    model.name(),
                                    model.maxContext()));
        }
        int blockSize = model.memoryPlan().blockSize();
        long blocks = (long) test.batch() * (Math.ceilDiv(test.contextTokens(), blockSize) + 1);
        if (blocks > model.memoryPlan().kvBlocks()) {
            throw new IllegalArgumentException(
                    "%s needs %d blocks of keys and values, there are %d; give more --kv-memory"
                            .formatted(test.name(), blocks, model.memoryPlan().kvBlocks()));
        }
    }

    private static GenerationRequest request(int[] ids, String salt, int maxTokens) {
        SamplingParams greedy =
                SamplingParams.builder()
                        .temperature(0)
                        .maxTokens(maxTokens)
                        .ignoreEos(true)
                        .build();
        return new GenerationRequest(ids, greedy, 0, Optional.empty(), salt, 0, Optional.empty());
    }

    private int[] randomIds(int count) {
        return random.ints(count, 0, model.vocabSize()).toArray();
    }

    private static int[] joined(int[] first, int[] second) {
        int[] all = new int[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
