package dev.nightjar.server.auth;

import dev.nightjar.server.store.Store;
import dev.nightjar.server.store.StoredToken;
import dev.nightjar.server.store.TokenTable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The access tokens. What was looked up is remembered for half a second, so a busy token costs two
 * look-ups a second, and a token that another node revoked is refused within one.
 */
public final class Tokens {

    /** How long another node may take to notice. */
    private static final Duration FRESH = Duration.ofMillis(500);

    private static final int NUM_ID_BYTES = 8;
    private static final Pattern ID = Pattern.compile("tok_[0-9a-f]{16}");

    private final TokenTable table;
    private final TokenCache cache = new TokenCache(FRESH);
    private final Map<String, Instant> lastUses = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private volatile boolean haveExisted;
    private volatile long notBefore; // when to look next whether there are any, in nanoseconds
    private volatile boolean wasLookedFor;

    /** Those of a store. */
    public Tokens(Store store) {
        this.table = new TokenTable(store);
    }

    /** Makes a token, whose text is in the answer and nowhere else. */
    public IssuedToken issue(NewToken asked) {
        String text = TokenText.random();
        byte[] id = new byte[NUM_ID_BYTES];
        random.nextBytes(id);
        StoredToken token =
                new StoredToken(
                        "tok_" + HexFormat.of().formatHex(id),
                        TokenText.hash(text),
                        TokenText.shown(text),
                        asked.name(),
                        asked.isAdmin(),
                        asked.models(),
                        asked.tasks(),
                        asked.tier(),
                        now(),
                        asked.expiresAt(),
                        Optional.empty(),
                        Optional.empty());
        table.insert(token);
        haveExisted = true;
        return new IssuedToken(text, token);
    }

    /** Whether a text can be a token's id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** All of them, the newest first. */
    public List<StoredToken> all() {
        flush();
        return table.all();
    }

    /** The token of an id. */
    public Optional<StoredToken> withId(String id) {
        flush();
        return table.withId(id);
    }

    /** Revokes a token, at once on this node; false if there is none that is not revoked. */
    public boolean revoke(String id) {
        boolean isRevoked = table.revoke(id, now());
        cache.forget(id);
        return isRevoked;
    }

    /** The token of a text, whatever its state. */
    Optional<StoredToken> find(String text) {
        return cache.get(TokenText.hash(text), table::withHash);
    }

    /** Notes that a token was used; written down later. */
    void noteUse(StoredToken token, Instant time) {
        lastUses.put(token.id(), time);
    }

    /** Writes down when tokens were used since the last time. */
    void flush() {
        Map<String, Instant> uses = Map.copyOf(lastUses);
        if (!uses.isEmpty()) {
            table.noteUse(uses);
            uses.forEach(lastUses::remove); // a later use stays
        }
    }

    /**
     * Whether there has ever been a token. Others may make the first one behind this process's
     * back, so it looks again now and then.
     */
    boolean haveExisted() {
        if (!haveExisted && (!wasLookedFor || System.nanoTime() - notBefore >= 0)) {
            haveExisted = table.hasAny();
            notBefore = System.nanoTime() + FRESH.toNanos();
            wasLookedFor = true;
        }
        return haveExisted;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
