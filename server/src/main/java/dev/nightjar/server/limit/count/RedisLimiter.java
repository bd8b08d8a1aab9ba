package dev.nightjar.server.limit.count;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Counts in Redis or Valkey, which all nodes share. Every decision is one script there, by the
 * clock of that server. A node that dies leaves leases behind, which expire.
 */
public final class RedisLimiter implements Limiter {

    private static final RedisStore.Script LIMITER = RedisStore.script("limiter.lua");

    /** A lease lives that long after it was last renewed. */
    private static final Duration LEASE_LIFE = Duration.ofSeconds(60);

    private static final String UNKNOWN = "-1";

    private final RedisClient redis;
    private final DayTokens recorded;
    private final HeldLeases held;

    /**
     * Counts in a store; closing this closes the client.
     *
     * @param recorded where the count of a day begins if the store has none
     */
    public RedisLimiter(RedisClient redis, DayTokens recorded) {
        this(redis, recorded, LEASE_LIFE);
    }

    RedisLimiter(RedisClient redis, DayTokens recorded, Duration leaseLife) {
        this.redis = redis;
        this.recorded = recorded;
        this.held = new HeldLeases(redis, leaseLife);
    }

    @Override
    public Decision admit(String caller, TierLimits limits) {
        Lease lease = new Lease(caller, limits, UUID.randomUUID().toString());
        List<String> answer = twice("admit", "admit", lease, 0);
        Counts counts = counts(answer);
        if (answer.getFirst().equals("1")) {
            held.add(lease);
            return new Decision.Admitted(lease, counts.standing(limits));
        }
        Optional<Decision.Refused> refusal = counts.refusal(limits);
        return refusal.orElseThrow(
                () -> new IllegalStateException("refused without a reason: " + counts));
    }

    @Override
    public Standing end(Lease lease, long tokens) {
        held.remove(lease);
        return counts(twice("end", "retry_end", lease, tokens)).standing(lease.limits());
    }

    @Override
    public Standing standing(String caller, TierLimits limits) {
        Lease none = new Lease(caller, limits, "");
        return counts(twice("standing", "standing", none, 0)).standing(limits);
    }

    @Override
    public void close() {
        held.close();
        redis.close();
    }

    /** A connection that was idle may have been cut meanwhile; a second one then has not. */
    private List<String> twice(String operation, String again, Lease lease, long tokens) {
        try {
            return ask(operation, lease, tokens);
        } catch (JedisConnectionException cut) {
            return askAgain(again, lease, tokens);
        } catch (JedisException failed) {
            throw unavailable(failed);
        }
    }

    private List<String> askAgain(String operation, Lease lease, long tokens) {
        try {
            return ask(operation, lease, tokens);
        } catch (JedisException failed) {
            throw unavailable(failed);
        }
    }

    private List<String> ask(String operation, Lease lease, long tokens) {
        List<String> answer = ask(operation, lease, tokens, -1);
        if (!answer.getFirst().equals(UNKNOWN)) {
            return answer;
        }
        LocalDate today = LocalDate.ofInstant(counts(answer).now(), ZoneOffset.UTC);
        return ask(operation, lease, tokens, recorded.used(lease.caller(), today));
    }

    private List<String> ask(String operation, Lease lease, long tokens, long usedToday) {
        TierLimits limits = lease.limits();
        List<String> arguments =
                List.of(
                        operation,
                        lease.id(),
                        Long.toString(held.life().toNanos() / 1000),
                        Long.toString(tokens),
                        Long.toString(usedToday),
                        orZero(limits.requestsPerMinute()),
                        orZero(limits.tokensPerMinute()),
                        orZero(limits.concurrentRequests()),
                        orZero(limits.tokensPerDay()));
        List<String> keys =
                List.of("nightjar:limit:{" + lease.caller() + "}", HeldLeases.key(lease.caller()));
        return ((List<?>) LIMITER.run(redis, keys, arguments))
                .stream().map(Object::toString).toList();
    }

    private static String orZero(OptionalLong limit) {
        return Long.toString(limit.orElse(0));
    }

    private static Counts counts(List<String> answer) {
        long[] numbers = answer.stream().mapToLong(Long::parseLong).toArray();
        return new Counts(
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                Instant.EPOCH.plus(numbers[5], ChronoUnit.MICROS));
    }

    private static LimiterUnavailableException unavailable(JedisException cause) {
        return new LimiterUnavailableException(
                "the store of the limits does not answer: " + cause.getMessage(), cause);
    }
}
