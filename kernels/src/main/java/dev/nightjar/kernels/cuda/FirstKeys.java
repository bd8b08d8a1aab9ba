package dev.nightjar.kernels.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The largest logits of rows, found on the device and copied to the host in one piece. */
final class FirstKeys {

    private static final int THREADS = 256;

    /** What the kernel writes where a row has no further token. */
    private static final long NONE = -1;

    private final CudaDispatch dispatch;
    private final DeviceScratch scratch;
    private long[] keys = new long[0];
    private double[] normalizers = new double[0];
    private int numKeys;

    FirstKeys(CudaDispatch dispatch) {
        this.dispatch = dispatch;
        scratch = new DeviceScratch(dispatch.memory());
    }

    /** The first {@code n} keys of the first {@code count} rows of {@code rows}; waits for them. */
    void find(long logits, int stride, int numTokens, int[] rows, int count, int n) {
        numKeys = n;
        if (count == 0) {
            return;
        }
        int numLongs = count * (n + 1);
        long results = scratch.reserve((long) numLongs * Long.BYTES + (long) count * Integer.BYTES);
        long indices = results + (long) numLongs * Long.BYTES;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment host = arena.allocate(ValueLayout.JAVA_LONG, numLongs);
            MemorySegment.copy(rows, 0, host, ValueLayout.JAVA_INT, 0, count);
            dispatch.context().upload(host.asSlice(0, (long) count * Integer.BYTES), indices);
            dispatch.of("first_keys")
                    .wide(logits)
                    .wide(stride)
                    .number(numTokens)
                    .wide(indices)
                    .number(n)
                    .wide(results)
                    .wide(results + (long) count * n * Long.BYTES)
                    .run(count, 1, 1, THREADS, 0);
            dispatch.context().download(results, host);
            keys = keys.length < count * n ? new long[count * n] : keys;
            normalizers = normalizers.length < count ? new double[count] : normalizers;
            MemorySegment.copy(host, ValueLayout.JAVA_LONG, 0, keys, 0, count * n);
            MemorySegment.copy(
                    host,
                    ValueLayout.JAVA_DOUBLE,
                    (long) count * n * Long.BYTES,
                    normalizers,
                    0,
                    count);
        }
    }

    /** How many keys each row has room for. */
    int numKeys() {
        return numKeys;
    }

    /** Log of the sum of exponentials of row {@code i}; NaN or infinite if it is damaged. */
    double normalizer(int i) {
        return normalizers[i];
    }

    /** Copies up to {@code count} keys of row {@code i} as {@code SamplingRules} has them. */
    int copy(int i, long[] target, int count) {
        int found = 0;
        while (found < Math.min(count, numKeys) && keys[i * numKeys + found] != NONE) {
            target[found] = keys[i * numKeys + found] ^ Long.MIN_VALUE;
            found++;
        }
        return found;
    }
}
