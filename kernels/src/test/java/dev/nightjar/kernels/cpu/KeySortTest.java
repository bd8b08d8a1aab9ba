package dev.nightjar.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Sorting against the library's. */
class KeySortTest {

    private static void check(long[] keys, int from, int to) {
        long[] expected = keys.clone();
        Arrays.sort(expected, from, to);
        KeySort.sort(keys, from, to);
        assertArrayEquals(expected, keys);
    }

    @Property(tries = 300)
    void anythingIsSorted(@ForAll @Size(max = 500) long[] keys) {
        check(keys, 0, keys.length);
    }

    @Property(tries = 300)
    void tiesAndPartsAreSorted(
            @ForAll @Size(min = 10, max = 500) @LongRange(min = -3, max = 3) long[] keys) {
        check(keys, 3, keys.length - 4);
    }

    /** Whatever order comes in, also one that halves of an array make uneven. */
    @Example
    void longRunsAreSorted() {
        int n = 50_000;
        check(LongStream.range(0, n).toArray(), 0, n);
        check(LongStream.range(0, n).map(i -> -i).toArray(), 0, n);
        check(LongStream.range(0, n).map(i -> Math.min(i, n - i)).toArray(), 0, n);
        check(LongStream.range(0, n).map(i -> i * 0x9E3779B97F4A7C15L).toArray(), 0, n);
        check(new long[n], 0, n);
    }

    /** The order in which the median of three is always among the smallest. */
    @Example
    void anOrderThatFoolsTheMedianIsSorted() {
        int n = 4096;
        long[] keys = new long[n];
        for (int i = 0; i < n / 2; i++) {
            keys[i] = i % 2 == 0 ? i + 1 : n / 2 + i;
            keys[n / 2 + i] = 2L * (i + 1);
        }
        check(keys, 0, n);
    }
}
