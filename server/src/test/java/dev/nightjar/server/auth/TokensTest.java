package dev.nightjar.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.store.Store;
import dev.nightjar.server.store.StoreConfig;
import dev.nightjar.server.store.StoredToken;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access tokens: their form, what is kept of them, and how soon a revoked one is refused. */
final class TokensTest {

    @TempDir private Path folder;

    private Store open() {
        return Store.of(StoreConfig.in(folder));
    }

    private static NewToken asked(String name) {
        return new NewToken(
                name,
                false,
                Optional.of(List.of("a", "b/c")),
                Optional.empty(),
                "gold",
                Optional.empty());
    }

    @Test
    void aWholeTokenIsKnownByItsForm() {
        String token = TokenText.random();
        assertEquals(52, token.length());
        assertTrue(TokenText.hasForm(token), token);
        assertNotEquals(token, TokenText.random());
        char other = token.charAt(20) == 'x' ? 'y' : 'x';
        assertFalse(TokenText.hasForm(token.substring(0, 20) + other + token.substring(21)));
        assertFalse(TokenText.hasForm(token.substring(0, 51)));
        assertFalse(TokenText.hasForm(token + "0"));
        assertFalse(TokenText.hasForm("sk-" + token.substring(3)));
    }

    @Test
    void onlyTheHashIsKept() {
        try (Store store = open()) {
            Tokens tokens = new Tokens(store);
            IssuedToken issued = tokens.issue(asked("mine"));
            StoredToken kept = tokens.all().getFirst();
            assertEquals(TokenText.hash(issued.text()), kept.hash());
            assertTrue(issued.text().startsWith(kept.prefix()));
            assertEquals(9, kept.prefix().length());
            assertEquals(Optional.of(List.of("a", "b/c")), kept.models());
            assertEquals(Optional.empty(), kept.tasks());
            assertEquals("gold", kept.tier());
            assertEquals(kept, issued.stored());
            assertEquals(Optional.of(kept), tokens.find(issued.text()));
            assertEquals(Optional.empty(), tokens.find(TokenText.random()));
            assertFalse(issued.toString().contains(issued.text()));
        }
    }

    @Test
    void lastUseIsWrittenLater() {
        try (Store store = open()) {
            Tokens tokens = new Tokens(store);
            IssuedToken issued = tokens.issue(asked("mine"));
            Instant time = Instant.ofEpochMilli(1_900_000_000_000L);
            tokens.noteUse(issued.stored(), time);
            tokens.noteUse(issued.stored(), time.plusSeconds(1));
            assertEquals(Optional.of(time.plusSeconds(1)), tokens.all().getFirst().lastUsedAt());
        }
    }

    /** O4: at once here, within a second on another node of the same database. */
    @Test
    void aRevokedTokenIsRefused() throws InterruptedException {
        try (Store store = open();
                Store shared = open()) {
            Tokens here = new Tokens(store);
            Tokens there = new Tokens(shared);
            assertFalse(there.haveExisted());
            IssuedToken issued = here.issue(asked("mine"));
            assertEquals(StoredToken.State.ACTIVE, state(here, issued));
            assertEquals(StoredToken.State.ACTIVE, state(there, issued));
            assertTrue(here.revoke(issued.stored().id()));
            assertFalse(here.revoke(issued.stored().id()), "only once");
            assertEquals(StoredToken.State.REVOKED, state(here, issued));
            long begin = System.nanoTime();
            boolean isTaken = true;
            while (isTaken) {
                long elapsed = System.nanoTime() - begin;
                isTaken = state(there, issued) == StoredToken.State.ACTIVE;
                assertTrue(
                        !isTaken || elapsed < Duration.ofSeconds(1).toNanos(),
                        "still taken after a second");
                Thread.sleep(20);
            }
            assertTrue(there.haveExisted(), "another node's first token is noticed");
        }
    }

    private static StoredToken.State state(Tokens tokens, IssuedToken token) {
        return tokens.find(token.text()).orElseThrow().stateAt(Instant.now());
    }

    /** A look-up that began before a token was revoked does not bring it back. */
    @Test
    void aLateLookUpIsNotRemembered() {
        TokenCache cache = new TokenCache(Duration.ofHours(1));
        try (Store store = open()) {
            StoredToken token = new Tokens(store).issue(asked("mine")).stored();
            AtomicInteger lookUps = new AtomicInteger();
            cache.get(
                    "h",
                    hash -> {
                        cache.forget(token.id());
                        return Optional.of(token);
                    });
            for (int i = 0; i < 3; i++) {
                cache.get(
                        "h",
                        hash -> {
                            lookUps.incrementAndGet();
                            return Optional.of(token);
                        });
            }
            assertEquals(1, lookUps.get());
        }
    }

    @Test
    void attemptsOfOneAddressAreCounted() {
        FailedAttempts failures = new FailedAttempts(3);
        long minute = Duration.ofMinutes(1).toNanos();
        for (int i = 0; i < 3; i++) {
            assertEquals(OptionalLong.empty(), failures.note("1.2.3.4", i));
        }
        assertEquals(60, failures.note("1.2.3.4", 3).orElseThrow());
        assertEquals(OptionalLong.empty(), failures.note("1.2.3.5", 4));
        assertEquals(1, failures.note("1.2.3.4", minute - 1).orElseThrow());
        assertEquals(OptionalLong.empty(), failures.note("1.2.3.4", minute));
    }
}
