package dev.nightjar.engine.schedule;

import dev.nightjar.engine.schedule.PlannedRequest.Disturbance;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A scheduler's size and all that happens to it.
 *
 * @param blockSize P
 * @param numBlocks B
 * @param config limits
 * @param maxPromptTokens beside running streams
 * @param failEvery each n-th step breaks down and is cancelled; 0 for none
 * @param requests in any order
 */
record Workload(
        int blockSize,
        int numBlocks,
        SchedulerConfig config,
        int maxPromptTokens,
        int failEvery,
        List<PlannedRequest> requests) {

    private static final int MAX_SHARED = 70;

    /** Pools from too small for some requests to large enough for all at once. */
    static Arbitrary<Workload> arbitrary(int maxRequests) {
        Arbitrary<SchedulerConfig> config =
                Combinators.combine(
                                Arbitraries.integers().between(1, 60),
                                Arbitraries.integers().between(1, 10),
                                Arbitraries.integers().between(2, 40))
                        .as(SchedulerConfig::new);
        return Combinators.combine(
                        Arbitraries.of(1, 4, 16, 32),
                        Arbitraries.integers().between(60, 500),
                        config,
                        Arbitraries.of(1, 7, 60),
                        Arbitraries.frequency(Tuple.of(3, 0), Tuple.of(1, 5)),
                        request().list().ofMinSize(1).ofMaxSize(maxRequests))
                .as(
                        (blockSize, poolTokens, limits, maxPrompt, failEvery, requests) ->
                                new Workload(
                                        blockSize,
                                        Math.ceilDiv(poolTokens, blockSize),
                                        limits,
                                        maxPrompt,
                                        failEvery,
                                        requests));
    }

    private static Arbitrary<PlannedRequest> request() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        prompt(),
                        Arbitraries.integers().between(1, 60),
                        Arbitraries.of("", "", "", "tenant"),
                        Arbitraries.of(
                                Disturbance.NONE,
                                Disturbance.NONE,
                                Disturbance.NONE,
                                Disturbance.ABORT_BETWEEN_STEPS,
                                Disturbance.ABORT_DURING_STEP,
                                Disturbance.PAUSE),
                        Arbitraries.integers().between(0, 25))
                .as(
                        (step, prompt, completion, salt, disturbance, delay) ->
                                new PlannedRequest(
                                        step,
                                        prompt,
                                        prompt.length + completion,
                                        salt,
                                        disturbance,
                                        delay));
    }

    /** The start of one of three common texts, then own words. */
    private static Arbitrary<int[]> prompt() {
        Arbitrary<List<Integer>> own =
                Arbitraries.integers()
                        .between(1, SimulatedModel.VOCAB_SIZE - 1)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(40);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, MAX_SHARED),
                        own)
                .as(Workload::prompt);
    }

    private static int[] prompt(int family, int numShared, List<Integer> own) {
        int[] prompt = new int[numShared + own.size()];
        for (int i = 0; i < prompt.length; i++) {
            prompt[i] =
                    i < numShared
                            ? 1 + (i * (family + 1) + i / 3) % (SimulatedModel.VOCAB_SIZE - 1)
                            : own.get(i - numShared);
        }
        return prompt;
    }
}
