package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.backend.FilterStep;
import dev.nightjar.kernels.backend.SamplingBatch;
import dev.nightjar.kernels.cpu.CounterRandom;
import dev.nightjar.kernels.cpu.FilterChain;
import dev.nightjar.kernels.cpu.SamplingRules;
import dev.nightjar.kernels.cuda.driver.DeviceMemory;
import dev.nightjar.kernels.cuda.driver.PinnedBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Tokens that are drawn on the device from whole rows, whose filters keep a prefix of the sorted
 * tokens. The sums have another order than the reference's, so that a token may differ where two of
 * them are equal but for their rounding.
 */
final class RowDraws {

    private static final int THREADS = 256;

    /** Top-k, top-p and min-p, each at most once; see native/cuda/draw.cu. */
    private static final int MOST_FILTERS = 3;

    private static final int TOP_K = 1;
    private static final int TOP_P = 2;
    private static final int MIN_P = 3;

    private static final long NONE = -1;

    private final CudaDispatch dispatch;
    private final DeviceScratch scratch;
    private final HostScratch copies;
    private long[] results = new long[0];

    RowDraws(CudaDispatch dispatch) {
        this.dispatch = dispatch;
        scratch = new DeviceScratch(dispatch.memory(), DeviceMemory.Purpose.SAMPLING);
        copies = dispatch.hostScratch();
    }

    /** Whether row {@code s}, which is neither greedy nor given, can be drawn here. */
    static boolean canDraw(SamplingBatch batch, int s) {
        for (FilterStep filter : batch.filters[s]) {
            if (filter == FilterStep.TYPICAL && batch.typicalP[s] < 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * A row to draw from.
     *
     * @param edited address of its logits after edits
     * @param raw address of its logits before them
     * @param s its number in the batch
     */
    record Row(long edited, long raw, int s) {}

    /** Draws a token of each row of that many logits; waits for them. */
    void run(Row[] rows, int count, int numTokens, SamplingBatch batch) {
        Layout at = new Layout(count);
        long device = scratch.reserve(at.end);
        PinnedBuffer host = copies.reserve(at.end);
        MemorySegment memory = host.free();
        for (int i = 0; i < count; i++) {
            fill(memory, at, i, rows[i], numTokens, batch);
        }
        host.send(at.end, device);
        dispatch.of("draw_tokens")
                .number(numTokens)
                .wide(device + at.rows)
                .wide(device + at.rawRows)
                .wide(device + at.filters)
                .wide(device + at.values)
                .wide(device + at.temperatures)
                .wide(device + at.uniforms)
                .wide(device)
                .run(count, 1, 1, THREADS, 0);
        results = results.length < count ? new long[count] : results;
        MemorySegment found = host.receive(device, (long) count * Long.BYTES);
        MemorySegment.copy(found, ValueLayout.JAVA_LONG, 0, results, 0, count);
    }

    private static void fill(
            MemorySegment memory, Layout at, int i, Row row, int numTokens, SamplingBatch batch) {
        int s = row.s;
        wide(memory, at.rows, i, row.edited);
        wide(memory, at.rawRows, i, row.raw);
        real(memory, at.uniforms, i, CounterRandom.uniform(batch.seed[s], batch.position[s]));
        int slot = 0;
        int index = FilterChain.nextActive(0, numTokens, batch, s);
        while (index < batch.filters[s].length) {
            FilterStep filter = batch.filters[s][index];
            number(memory, at.filters, MOST_FILTERS * i + slot, code(filter));
            real(memory, at.values, MOST_FILTERS * i + slot, value(filter, batch, s));
            float temperature = FilterChain.temperatureAt(batch, s, index);
            single(memory, at.temperatures, (MOST_FILTERS + 1) * i + slot, temperature);
            slot++;
            index = FilterChain.nextActive(index + 1, numTokens, batch, s);
        }
        for (; slot < MOST_FILTERS; slot++) {
            number(memory, at.filters, MOST_FILTERS * i + slot, 0);
        }
        float temperature = FilterChain.temperature(batch, s);
        single(memory, at.temperatures, (MOST_FILTERS + 1) * i + MOST_FILTERS, temperature);
    }

    private static int code(FilterStep filter) {
        return switch (filter) {
            case TOP_K -> TOP_K;
            case TOP_P -> TOP_P;
            case MIN_P -> MIN_P;
            case TEMPERATURE, TYPICAL ->
                    throw new IllegalArgumentException("no prefix of a row is kept by " + filter);
        };
    }

    private static double value(FilterStep filter, SamplingBatch batch, int s) {
        return switch (filter) {
            case TOP_K -> batch.topK[s];
            case TOP_P -> batch.topP[s];
            default -> Math.log(batch.minP[s]);
        };
    }

    /** The token of row {@code i}, or {@link SamplingRules#NO_TOKEN}. */
    int token(int i) {
        return results[i] == NONE ? SamplingRules.NO_TOKEN : (int) results[i];
    }

    /** Its logit before edits. */
    float logit(int i) {
        return Float.intBitsToFloat((int) (results[i] >>> Integer.SIZE));
    }

    private static void wide(MemorySegment memory, long array, int i, long value) {
        memory.set(ValueLayout.JAVA_LONG, array + (long) i * Long.BYTES, value);
    }

    private static void real(MemorySegment memory, long array, int i, double value) {
        memory.set(ValueLayout.JAVA_DOUBLE, array + (long) i * Double.BYTES, value);
    }

    private static void number(MemorySegment memory, long array, int i, int value) {
        memory.set(ValueLayout.JAVA_INT, array + (long) i * Integer.BYTES, value);
    }

    private static void single(MemorySegment memory, long array, int i, float value) {
        memory.set(ValueLayout.JAVA_FLOAT, array + (long) i * Float.BYTES, value);
    }

    /** Where each array lies: results first, then all of eight bytes, then those of four. */
    private static final class Layout {
        private final long rows;
        private final long rawRows;
        private final long uniforms;
        private final long values;
        private final long filters;
        private final long temperatures;
        private final long end;

        Layout(int count) {
            rows = (long) count * Long.BYTES;
            rawRows = rows + (long) count * Long.BYTES;
            uniforms = rawRows + (long) count * Long.BYTES;
            values = uniforms + (long) count * Double.BYTES;
            filters = values + (long) count * MOST_FILTERS * Double.BYTES;
            temperatures = filters + (long) count * MOST_FILTERS * Integer.BYTES;
            end = temperatures + (long) count * (MOST_FILTERS + 1) * Float.BYTES;
        }
    }
}
