package dev.nightjar.server.limit.count;

/**
 * Counts what callers use and decides whether a request may run. Requests and tokens per minute are
 * buckets that hold a minute's worth and fill evenly. A request takes one from the bucket of
 * requests when it begins; its tokens are known only when it ends and are taken then, even if that
 * leaves less than nothing, so a request begins only while at least one token is there. Tokens per
 * day are counted from midnight UTC. Safe for use by many threads; each decision is atomic.
 */
public sealed interface Limiter extends AutoCloseable permits LocalLimiter, RedisLimiter {

    /**
     * A request that runs within limits.
     *
     * @param caller whose request it is
     * @param limits of the caller
     * @param id names it among all nodes
     */
    record Lease(String caller, TierLimits limits, String id) {}

    /**
     * Decides about a request of a caller and counts it if it may run.
     *
     * @throws LimiterUnavailableException if the counts cannot be reached
     */
    Decision admit(String caller, TierLimits limits);

    /**
     * Ends a request that was admitted. A lease that ended before is only charged the tokens.
     *
     * @param tokens what it used
     * @return what the caller has left now
     * @throws LimiterUnavailableException if the counts cannot be reached; the request counts as
     *     ended soon all the same, the tokens are not counted
     */
    Standing end(Lease lease, long tokens);

    /**
     * What a caller has left; takes nothing.
     *
     * @throws LimiterUnavailableException if the counts cannot be reached
     */
    Standing standing(String caller, TierLimits limits);

    @Override
    void close();
}
