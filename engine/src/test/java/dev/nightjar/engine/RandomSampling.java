package dev.nightjar.engine;

import dev.nightjar.engine.request.DryParams;
import dev.nightjar.engine.request.SamplingFilter;
import dev.nightjar.engine.request.SamplingParams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Sampling with every knob on or off at random. */
final class RandomSampling {

    private RandomSampling() {}

    static SamplingParams of(Random random, int vocabSize, int maxTokens) {
        SamplingParams.Builder params =
                SamplingParams.builder()
                        .seed(random.nextLong())
                        .maxTokens(maxTokens)
                        .temperature(random.nextInt(5) == 0 ? 0 : 2 * random.nextDouble())
                        .ignoreEos(random.nextBoolean())
                        .minTokens(random.nextInt(maxTokens));
        if (random.nextBoolean()) {
            params.topK(random.nextInt(60));
        }
        if (random.nextInt(3) == 0) {
            params.typicalP(1 - 0.9 * random.nextDouble());
        }
        if (random.nextBoolean()) {
            params.topP(1 - 0.9 * random.nextDouble());
        }
        if (random.nextBoolean()) {
            params.minP(0.2 * random.nextDouble());
        }
        if (random.nextInt(3) == 0) {
            params.filterOrder(someFilters(random));
        }
        addPenalties(params, random);
        if (random.nextInt(3) == 0) {
            params.logitBias(biases(random, vocabSize));
        }
        return params.build();
    }

    private static List<SamplingFilter> someFilters(Random random) {
        List<SamplingFilter> filters = new ArrayList<>(SamplingFilter.DEFAULT_ORDER);
        Collections.shuffle(filters, random);
        return filters.subList(0, random.nextInt(filters.size() + 1));
    }

    private static void addPenalties(SamplingParams.Builder params, Random random) {
        if (random.nextInt(3) == 0) {
            params.repetitionPenalty(0.8 + random.nextDouble());
            params.repetitionWindow(random.nextInt(40) - 1);
        }
        if (random.nextInt(3) == 0) {
            params.presencePenalty(2 * random.nextDouble() - 1);
            params.frequencyPenalty(2 * random.nextDouble() - 1);
        }
        if (random.nextInt(3) == 0) {
            params.dry(
                    DryParams.of(2 * random.nextDouble())
                            .withAllowedLength(1 + random.nextInt(3))
                            .withWindow(random.nextInt(60) - 1));
        }
    }

    private static Map<Integer, Float> biases(Random random, int vocabSize) {
        Map<Integer, Float> biases = new HashMap<>();
        for (int i = 0; i < random.nextInt(20); i++) {
            biases.put(random.nextInt(vocabSize), 20 * random.nextFloat() - 10);
        }
        return biases;
    }
}
