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
 */
record CaseResult(
        String name, double error, double tolerance, long nanos, long bytes, long operations) {

    boolean isRight() {
        return error <= tolerance;
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
