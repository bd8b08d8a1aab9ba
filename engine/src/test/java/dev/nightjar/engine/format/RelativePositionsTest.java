package dev.nightjar.engine.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativePositionsTest {

    private static final RelativePositions USUAL = new RelativePositions(32, 128);

    /** The first distances of buckets, as torch 1.13 computes them in single precision. */
    private static final int[] STARTS = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 23, 32, 46, 64, 91, Integer.MAX_VALUE
    };

    @Test
    void bucketsAreThoseOfTheReference() {
        int bucket = 0;
        for (int size = 0; size <= 1000; size++) {
            bucket += size == STARTS[bucket + 1] ? 1 : 0;
            assertEquals(bucket, USUAL.bucket(-size), "before by " + size);
            assertEquals(size == 0 ? 0 : bucket + 16, USUAL.bucket(size), "behind by " + size);
        }
    }

    @Test
    void nothingChangesFromTheLargestDistanceOn() {
        for (var positions : new RelativePositions[] {USUAL, new RelativePositions(8, 20)}) {
            int most = positions.maxDistance();
            assertEquals(positions.numBuckets() - 1, positions.bucket(most));
            assertEquals(positions.numBuckets() - 1, positions.bucket(Integer.MAX_VALUE));
            assertEquals(positions.numBuckets() / 2 - 1, positions.bucket(-most));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 128", "2, 128", "6, 128", "32, 8"})
    void bucketsThatCannotBeAreRefused(int numBuckets, int maxDistance) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RelativePositions(numBuckets, maxDistance));
    }
}
