package dev.nightjar.server.limit;

import dev.nightjar.server.limit.count.TierLimits;

/**
 * A caller that is held to limits.
 *
 * @param id what it is counted by
 * @param name for people
 * @param tier whose limits it has
 * @param limits some
 */
record LimitedCaller(String id, String name, String tier, TierLimits limits) {}
