package dev.nightjar.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database: made when needed, encrypted, opened by one process at a time. */
final class StoreTest {

    private static final String CANARY = "canary-9f27b1";
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    @TempDir private Path folder;

    private Store open() {
        return Store.of(StoreConfig.in(folder.resolve("data")));
    }

    private static UsageRow row(String user, long tokens) {
        return new UsageRow(DAY, "tok_1", "mine", "tiny", user, 1, 0, tokens, 2 * tokens, 0);
    }

    @Test
    void theUsersFolderMayBeMoved() {
        assertEquals(Path.of("/h/data"), StoreConfig.home(Map.of("NIGHTJAR_HOME", "/h")));
        assertTrue(StoreConfig.home(Map.of()).endsWith(Path.of(".nightjar", "data")));
    }

    @Test
    void whatIsOnlyReadIsNotMade() {
        try (Store store = open()) {
            assertFalse(store.exists());
            assertEquals(List.of(), new UsageTable(store).totals(UsageFilter.ALL));
            assertEquals(List.of(), new AuditTable(store).latest(10));
            assertFalse(new TokenTable(store).hasAny());
            assertFalse(store.isOpen());
        }
        assertFalse(Files.exists(folder.resolve("data")));
    }

    @Test
    void nothingCanBeReadWithoutTheKey() throws IOException {
        Path data = folder.resolve("data");
        try (Store store = open()) {
            new UsageTable(store).add(List.of(row(CANARY, 5)));
            new AuditTable(store)
                    .add(List.of(new AuditEvent(Instant.now(), CANARY, "a", "b", "ok", "-", "-")));
            assertNowhere(data);
        }
        assertNowhere(data);
        assertOwnersAlone(data, "store.key");
        assertOwnersAlone(data, "nightjar.mv.db");
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
        String key = Files.readString(data.resolve("store.key"));
        Files.writeString(data.resolve("store.key"), key.replaceAll("[0-8]", "9"));
        try (Store store = open()) {
            StoreException refused = assertThrows(StoreException.class, store::database);
            assertTrue(refused.getMessage().contains("cannot be decrypted"), refused.getMessage());
            assertFalse(refused.getMessage().contains("9999"), refused.getMessage());
        }
        Files.delete(data.resolve("store.key"));
        try (Store store = open()) {
            StoreException refused = assertThrows(StoreException.class, store::database);
            assertTrue(refused.getMessage().contains("its key is not"), refused.getMessage());
        }
        assertFalse(Files.exists(data.resolve("store.key")), "no new key for an old database");
        Files.writeString(data.resolve("store.key"), key);
        try (Store store = open()) {
            assertEquals(1, new AuditTable(store).latest(10).size());
        }
    }

    private static void assertOwnersAlone(Path data, String name) throws IOException {
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))));
    }

    /**
     * A database of before loses what others may do with it, and a key exchange gives nothing back.
     */
    @Test
    void nobodyElseMayReadTheFile() throws IOException {
        Path data = folder.resolve("data");
        Path file = data.resolve("nightjar.mv.db");
        try (Store store = open()) {
            store.database();
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (Store store = open()) {
            store.database();
            assertOwnersAlone(data, "nightjar.mv.db");
        }
        KeyRotation.run(StoreConfig.in(data));
        assertOwnersAlone(data, "nightjar.mv.db");
        try (Store store = open()) {
            store.database();
            StoreException refused =
                    assertThrows(StoreException.class, () -> KeyRotation.run(StoreConfig.in(data)));
            assertEquals(StoreException.Reason.IN_USE, refused.reason(), refused.getMessage());
        }
    }

    private static void assertNowhere(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains(CANARY), file.toString());
            }
        }
    }

    @Test
    void usageAddsUp() {
        try (Store store = open()) {
            UsageTable usage = new UsageTable(store);
            usage.add(List.of(row("", 1), row("u1", 10), row("", 2)));
            usage.add(List.of(row("u1", 20)));
            UsageRow total = usage.totals(UsageFilter.ALL).getFirst();
            assertEquals(4, total.requests());
            assertEquals(33, total.promptTokens());
            assertEquals(66, total.completionTokens());
            assertEquals(
                    List.of(new UsageRow(DAY, "tok_1", "mine", "tiny", "u1", 2, 0, 30, 60, 0)),
                    usage.rows(UsageFilter.ALL.ofUser("u1")));
            assertEquals(1, usage.forget("u1"));
            assertEquals(List.of(), usage.rows(UsageFilter.ALL.ofUser("u1")));
            assertEquals(33, usage.totals(UsageFilter.ALL).getFirst().promptTokens());
            assertEquals(1, usage.removeBefore(DAY.plusDays(1)));
            assertEquals(List.of(), usage.totals(UsageFilter.ALL));
        }
    }

    @Test
    void theAuditLogIsBounded() {
        try (Store store = open()) {
            AuditTable audit = new AuditTable(store);
            Instant now = Instant.ofEpochMilli(1_700_000_000_000L);
            for (int i = 0; i < 10; i++) {
                audit.add(
                        List.of(
                                new AuditEvent(
                                        now.plusSeconds(i), "me", "x", "t" + i, "ok", "-", "-")));
            }
            assertEquals("t9", audit.latest(3).getFirst().target());
            assertEquals(2, audit.trim(now.plusSeconds(2), 100));
            assertEquals(3, audit.trim(now, 5));
            assertEquals(5, audit.latest(100).size());
        }
    }

    @Test
    void textsAreMadeToFit() {
        assertEquals("ab", Column.shortened("a\0bc", 2));
        assertEquals("a", Column.shortened("a\ud83d\ude00", 2));
        assertEquals("a?", Column.shortened("a\ud83dx", 2).substring(0, 1) + "?");
        assertEquals("?x", Column.shortened("\ud83dx", 5));
    }
}
