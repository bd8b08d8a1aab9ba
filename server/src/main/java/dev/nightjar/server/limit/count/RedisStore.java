package dev.nightjar.server.limit.count;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.util.JedisURIHelper;

/** Connections to Redis or Valkey. */
public final class RedisStore {

    /** A decision takes a fraction of a millisecond; whoever waits longer waits for a failure. */
    private static final int TIMEOUT_MILLIS = 1000;

    private static final int MAX_CONNECTIONS = 64;

    private RedisStore() {}

    /**
     * A script that the store runs as one step; sent once, then called by its hash.
     *
     * @param text in Lua
     * @param hash of the text, by which the store knows it
     */
    record Script(String text, String hash) {

        /** Runs it. */
        Object run(RedisClient redis, List<String> keys, List<String> arguments) {
            try {
                return redis.evalsha(hash, keys, arguments);
            } catch (JedisNoScriptException unknown) {
                return redis.eval(text, keys, arguments);
            }
        }
    }

    /** A script that lies beside this class. */
    static Script script(String name) {
        try (InputStream in = RedisStore.class.getResourceAsStream(name)) {
            byte[] text = in.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text);
            return new Script(
                    new String(text, StandardCharsets.UTF_8), HexFormat.of().formatHex(hash));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** The URL of a store, if the text is one. */
    public static Optional<URI> url(String text) {
        try {
            URI url = new URI(text);
            boolean isStore =
                    JedisURIHelper.isRedisScheme(url) || JedisURIHelper.isRedisSSLScheme(url);
            return Optional.of(url).filter(known -> isStore && JedisURIHelper.isValid(known));
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }

    /**
     * A client that connects when it is used first.
     *
     * @param url such as {@code redis://name:password@host:6379/0}, with TLS {@code rediss://}
     */
    public static RedisClient connect(URI url) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(MAX_CONNECTIONS);
        pool.setMaxIdle(MAX_CONNECTIONS);
        pool.setMaxWait(Duration.ofMillis(TIMEOUT_MILLIS));
        pool.setJmxEnabled(false);
        return RedisClient.builder()
                .hostAndPort(JedisURIHelper.getHostAndPort(url))
                .clientConfig(
                        DefaultJedisClientConfig.builder(url)
                                .timeoutMillis(TIMEOUT_MILLIS)
                                .clientName("nightjar")
                                .build())
                .poolConfig(pool)
                .build();
    }
}
