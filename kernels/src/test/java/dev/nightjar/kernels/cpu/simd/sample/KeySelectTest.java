package dev.nightjar.kernels.cpu.simd.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.kernels.cpu.SamplingRules;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Selection against sorting, on values with many ties. */
class KeySelectTest {

    private static long[] keys(float[] logits) {
        long[] keys = new long[logits.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = SamplingRules.key(Math.round(logits[i]), i);
        }
        return keys;
    }

    private static long[] sortedHead(long[] keys, int count) {
        long[] head = Arrays.copyOf(keys, count);
        Arrays.sort(head);
        return head;
    }

    @Property(tries = 300)
    void smallestBringsTheSmallestToTheFront(
            @ForAll @Size(min = 1, max = 400) @FloatRange(min = -9, max = 9) float[] logits,
            @ForAll @IntRange(min = 1, max = 400) int k) {
        long[] keys = keys(logits);
        int count = Math.min(k, keys.length);
        long[] expected = sortedHead(sortedHead(keys, keys.length), count);
        KeySelect.smallest(keys, keys.length, count);
        assertArrayEquals(expected, sortedHead(keys, count));
    }

    @Property(tries = 300)
    void smallestWithMassIsTheShortestPrefixThatHoldsIt(
            @ForAll @Size(min = 1, max = 400) @FloatRange(min = -9, max = 9) float[] logits,
            @ForAll @FloatRange(max = 0.99f) float share) {
        long[] keys = keys(logits);
        long[] sorted = sortedHead(keys, keys.length);
        float max = SamplingRules.logit(sorted[0]);
        double total = mass(sorted, keys.length, max);
        int expected = 1;
        while (mass(sorted, expected, max) < share * total) {
            expected++;
        }
        int kept = KeySelect.smallestWithMass(keys, keys.length, share * total, max, 1);
        assertEquals(expected, kept);
        assertArrayEquals(sortedHead(sorted, kept), sortedHead(keys, kept));
    }

    @Property
    void keysGiveLogitAndTokenBack(@ForAll float logit, @ForAll @IntRange(min = 0) int token) {
        long key = SamplingRules.key(logit, token);
        assertEquals(token, SamplingRules.token(key));
        assertEquals(logit + 0f, SamplingRules.logit(key));
    }

    private static double mass(long[] sorted, int count, float max) {
        double mass = 0;
        for (int i = 0; i < count; i++) {
            mass += SamplingRules.weight(SamplingRules.logit(sorted[i]), max, 1);
        }
        return mass;
    }
}
