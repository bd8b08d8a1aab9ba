package dev.nightjar.server.limit.count;

import java.time.Duration;

/** Whether a request may run. */
public sealed interface Decision {

    /** What the caller has left now. */
    Standing standing();

    /**
     * It may run, and counts until its lease is ended.
     *
     * @param lease to be ended once
     * @param standing what the caller has left now
     */
    record Admitted(Limiter.Lease lease, Standing standing) implements Decision {}

    /**
     * It may not; nothing was taken.
     *
     * @param kind the limit that it would exceed, of several the one that needs the longest wait
     * @param limit how much that is
     * @param retryAfter until when it would still be refused
     * @param standing what the caller has left now
     */
    record Refused(LimitKind kind, long limit, Duration retryAfter, Standing standing)
            implements Decision {}
}
