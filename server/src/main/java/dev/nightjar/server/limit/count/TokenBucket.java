package dev.nightjar.server.limit.count;

/**
 * A bucket that holds a minute's worth and fills evenly. It is counted in shares of a 60 millionth,
 * so that what a microsecond brings is a whole number of them whatever the limit: nothing is lost
 * to rounding. May hold less than nothing. Not thread-safe.
 */
final class TokenBucket {

    /** Shares of one, and microseconds of a minute: one brings the other. */
    static final long SHARES = 60_000_000;

    /** No debt grows beyond this, so that no sum overflows. */
    private static final long LEAST = Long.MIN_VALUE / 4;

    private long shares;
    private long atMicros;

    /** Full. */
    TokenBucket(long limit, long nowMicros) {
        shares = limit * SHARES;
        atMicros = nowMicros;
    }

    /** Adds what the time since the last call has brought. The limit may have changed. */
    void fill(long limit, long nowMicros) {
        long missing = limit * SHARES - shares;
        long elapsed = Math.max(0, nowMicros - atMicros);
        shares += elapsed >= micros(missing, limit) ? missing : elapsed * limit;
        atMicros = Math.max(atMicros, nowMicros);
    }

    /** Takes some, even what is not there. */
    void take(long amount) {
        long taken = Math.min(amount, -LEAST / SHARES) * SHARES;
        shares = Math.max(shares - taken, LEAST);
    }

    /** What is there, in shares. */
    long shares() {
        return shares;
    }

    /** Microseconds that bring so many shares, rounded up; 0 for less than one. */
    static long micros(long shares, long limit) {
        return Math.max(0, Math.ceilDiv(shares, limit));
    }
}
