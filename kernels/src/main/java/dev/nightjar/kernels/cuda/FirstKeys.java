package dev.nightjar.kernels.cuda;

import dev.nightjar.kernels.cuda.driver.DeviceMemory;
import dev.nightjar.kernels.cuda.driver.PinnedBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The largest logits of rows, found on the device and copied to the host in one piece. */
final class FirstKeys {

    private static final int THREADS = 256;

    /** What the kernel writes where a row has no further token. */
    private static final long NONE = -1;

    private final CudaDispatch dispatch;
    private final DeviceScratch scratch;
    private final HostScratch copies;
    private long[] keys = new long[0];
    private double[] normalizers = new double[0];
    private int numKeys;

    FirstKeys(CudaDispatch dispatch) {
        this.dispatch = dispatch;
        scratch = new DeviceScratch(dispatch.memory(), DeviceMemory.Purpose.SAMPLING);
        copies = dispatch.hostScratch();
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
        PinnedBuffer host = copies.reserve((long) numLongs * Long.BYTES);
        MemorySegment.copy(rows, 0, host.free(), ValueLayout.JAVA_INT, 0, count);
        host.send((long) count * Integer.BYTES, indices);
        dispatch.of("first_keys")
                .wide(logits)
                .wide(stride)
                .number(numTokens)
                .wide(indices)
                .number(n)
                .wide(results)
                .wide(results + (long) count * n * Long.BYTES)
                .run(count, 1, 1, THREADS, 0);
        keep(host.receive(results, (long) numLongs * Long.BYTES), count);
    }

    /** Copies what was found: the keys of all rows, then their normalizers. */
    private void keep(MemorySegment found, int count) {
        int all = count * numKeys;
        keys = keys.length < all ? new long[all] : keys;
        normalizers = normalizers.length < count ? new double[count] : normalizers;
        MemorySegment.copy(found, ValueLayout.JAVA_LONG, 0, keys, 0, all);
        long behind = (long) all * Long.BYTES;
        MemorySegment.copy(found, ValueLayout.JAVA_DOUBLE, behind, normalizers, 0, count);
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
