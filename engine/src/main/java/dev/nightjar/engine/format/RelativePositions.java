package dev.nightjar.engine.format;

/**
 * How distances fall into the buckets of a table of biases that all layers share. Half of the
 * buckets are for keys behind the query; of each half, the first half are for one distance each,
 * and the others grow with the logarithm up to {@code maxDistance}, from which on there is only the
 * last. After T5, <a href="https://arxiv.org/abs/1910.10683">arXiv:1910.10683</a>.
 *
 * @param numBuckets rows of the table; a multiple of four
 * @param maxDistance distance from which on nothing changes
 */
public record RelativePositions(int numBuckets, int maxDistance) {

    /** Checks that there are buckets of both kinds. */
    public RelativePositions {
        if (numBuckets < 4 || numBuckets % 4 != 0 || maxDistance <= numBuckets / 4) {
            throw new IllegalArgumentException(
                    "expected a multiple of 4 buckets and a distance above a quarter of it, found"
                            + " %d and %d".formatted(numBuckets, maxDistance));
        }
    }

    /** The bucket of a key that is {@code distance} behind the query, or before it if negative. */
    public int bucket(int distance) {
        int half = numBuckets / 2;
        return (distance > 0 ? half : 0) + bucketOfSize(Math.abs(distance), half);
    }

    /** Single precision, as models were trained with: it decides at the borders. */
    private int bucketOfSize(int size, int half) {
        int exact = half / 2;
        if (size < exact) {
            return size;
        }
        float grown = (float) Math.log((float) size / exact);
        float whole = (float) Math.log((double) maxDistance / exact);
        return Math.min(half - 1, exact + (int) (grown / whole * (half - exact)));
    }
}
