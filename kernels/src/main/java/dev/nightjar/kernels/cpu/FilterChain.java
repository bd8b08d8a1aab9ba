package dev.nightjar.kernels.cpu;

import dev.nightjar.kernels.backend.FilterStep;
import dev.nightjar.kernels.backend.SamplingBatch;

/** The filters of a row, one after the other, on a list of candidates; in double throughout. */
public final class FilterChain {

    private FilterChain() {}

    /** The temperature of row {@code s}'s draw: 1 if its filters leave temperature out. */
    public static float temperature(SamplingBatch batch, int s) {
        return temperatureAt(batch, s, batch.filters[s].length);
    }

    /** The temperature that the filter at that index sees. */
    public static float temperatureAt(SamplingBatch batch, int s, int index) {
        FilterStep[] filters = batch.filters[s];
        for (int i = 0; i < index; i++) {
            if (filters[i] == FilterStep.TEMPERATURE) {
                return batch.temperature[s];
            }
        }
        return 1;
    }

    /** Whether a filter may take tokens away among {@code numTokens}. */
    public static boolean isActive(FilterStep filter, int numTokens, SamplingBatch batch, int s) {
        return switch (filter) {
            case TEMPERATURE -> false;
            case TOP_K -> batch.topK[s] > 0 && batch.topK[s] < numTokens;
            case TYPICAL -> batch.typicalP[s] < 1;
            case TOP_P -> batch.topP[s] < 1;
            case MIN_P -> batch.minP[s] > 0;
        };
    }

    /** Index of the first active filter of row {@code s} from {@code from} on, or the end. */
    public static int nextActive(int from, int numTokens, SamplingBatch batch, int s) {
        FilterStep[] filters = batch.filters[s];
        int index = from;
        while (index < filters.length && !isActive(filters[index], numTokens, batch, s)) {
            index++;
        }
        return index;
    }

    /** Whether an active filter of row {@code s} from {@code from} on needs sorted candidates. */
    public static boolean needOrder(int from, int numTokens, SamplingBatch batch, int s) {
        int index = nextActive(from, numTokens, batch, s);
        while (index < batch.filters[s].length && batch.filters[s][index] == FilterStep.MIN_P) {
            index = nextActive(index + 1, numTokens, batch, s);
        }
        return index < batch.filters[s].length;
    }

    /**
     * Applies the filters of row {@code s} from index {@code from} on to candidates, which are
     * sorted if these {@link #needOrder} and keep their order; how many are kept, at least one of
     * at least one.
     */
    public static int apply(int from, long[] keys, int candidates, SamplingBatch batch, int s) {
        int kept = candidates;
        int index = nextActive(from, kept, batch, s);
        while (index < batch.filters[s].length) {
            kept = apply(batch.filters[s][index], index, keys, kept, batch, s);
            index = nextActive(index + 1, kept, batch, s);
        }
        return kept;
    }

    private static int apply(
            FilterStep filter, int index, long[] keys, int kept, SamplingBatch batch, int s) {
        float max = SamplingRules.logit(first(keys, kept));
        float temperature = temperatureAt(batch, s, index);
        return switch (filter) {
            case TEMPERATURE -> kept;
            case TOP_K -> Math.min(kept, batch.topK[s]);
            case TYPICAL -> TypicalFilter.keep(keys, kept, temperature, batch.typicalP[s]);
            case TOP_P -> SampleDraw.topP(keys, kept, max, temperature, batch.topP[s]);
            case MIN_P -> {
                float floor = SamplingRules.minPFloor(max, temperature, batch.minP[s]);
                yield SampleDraw.minP(keys, kept, floor);
            }
        };
    }

    /** The smallest key, which has the largest logit. */
    private static long first(long[] keys, int kept) {
        long first = keys[0];
        for (int i = 1; i < kept; i++) {
            first = Math.min(first, keys[i]);
        }
        return first;
    }
}
