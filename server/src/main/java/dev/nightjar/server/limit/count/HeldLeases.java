package dev.nightjar.server.limit.count;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** The leases of this node's running requests, renewed as long as they run. */
final class HeldLeases implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(HeldLeases.class.getName());
    private static final RedisStore.Script RENEW = RedisStore.script("renew.lua");

    /** So that a renewal may fail twice. */
    private static final int RENEWALS_PER_LIFE = 3;

    private final RedisClient redis;
    private final Duration life;
    private final Map<String, Set<String>> byCaller = new ConcurrentHashMap<>();
    private final Thread renewing;

    HeldLeases(RedisClient redis, Duration life) {
        this.redis = redis;
        this.life = life;
        this.renewing = Thread.ofVirtual().name("limit-leases").start(this::renewUntilClosed);
    }

    /** Where the leases of a caller are. */
    static String key(String caller) {
        return "nightjar:leases:{" + caller + "}";
    }

    /** How long a lease lives that is not renewed. */
    Duration life() {
        return life;
    }

    /** Keeps a lease alive. */
    void add(Limiter.Lease lease) {
        byCaller.compute(
                lease.caller(),
                (caller, ids) -> {
                    Set<String> some = ids == null ? ConcurrentHashMap.newKeySet() : ids;
                    some.add(lease.id());
                    return some;
                });
    }

    /** Lets a lease go. */
    void remove(Limiter.Lease lease) {
        byCaller.computeIfPresent(
                lease.caller(),
                (caller, ids) -> {
                    ids.remove(lease.id());
                    return ids.isEmpty() ? null : ids;
                });
    }

    @Override
    public void close() {
        renewing.interrupt();
    }

    private void renewUntilClosed() {
        try {
            while (true) {
                Thread.sleep(life.dividedBy(RENEWALS_PER_LIFE));
                byCaller.forEach(this::renew);
            }
        } catch (InterruptedException closed) {
            // nothing is left to renew
        }
    }

    private void renew(String caller, Set<String> ids) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(life.toNanos() / 1000));
        arguments.addAll(ids);
        try {
            Object isThere = RENEW.run(redis, List.of(key(caller)), arguments);
        } catch (JedisException failed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "leases of running requests could not be renewed: " + failed.getMessage());
        }
    }
}
