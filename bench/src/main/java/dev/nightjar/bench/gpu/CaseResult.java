package dev.nightjar.bench.gpu;

/**
 * What came of a case.
 *
 * @param name of the op and its types
 * @param error relative to the largest value, at odd sizes
 * @param tolerance what the error may be
 * @param nanos of one run at real sizes; 0 if it was not timed
 * @param bytes that one run must move
 * @param operations of one run
 * @param peerNanos of one run of another implementation at the same sizes; 0 if there is none
 */
record CaseResult(
        String name,
        double error,
        double tolerance,
        long nanos,
        long bytes,
        long operations,
        long peerNanos) {

    boolean isRight() {
        return error <= tolerance;
    }

    /** The peer's time over ours: above 1 where this is faster. */
    double ofPeer() {
        return nanos == 0 ? 0 : (double) peerNanos / nanos;
    }

    /** Bytes per nanosecond: gigabytes per second. */
    double gigabytesPerSecond() {
        return nanos == 0 ? 0 : (double) bytes / nanos;
    }

    /** Operations per nanosecond, a thousandth of tera-operations per second. */
    double teraOperations() {
        return nanos == 0 ? 0 : operations / 1000.0 / nanos;
    }
}
