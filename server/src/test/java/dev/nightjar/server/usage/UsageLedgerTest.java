package dev.nightjar.server.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.store.Store;
import dev.nightjar.server.store.StoreConfig;
import dev.nightjar.server.store.UsageFilter;
import dev.nightjar.server.store.UsageRow;
import dev.nightjar.server.store.UsageTable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsageLedgerTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 30);

    @TempDir Path folder;

    private static UsageRow row(LocalDate day, String caller, String user, long tokens) {
        return new UsageRow(day, caller, "name of " + caller, "model", user, 1, 0, tokens, 2, 1);
    }

    @Test
    void aStoreIsNotMadeForUsageAlone() {
        try (Store store = Store.of(StoreConfig.in(folder));
                UsageLedger ledger = new UsageLedger(store)) {
            ledger.add(row(DAY, "tok_1", "", 10));
            ledger.flush();
            assertFalse(store.exists());
            assertEquals(List.of(row(DAY, "tok_1", "", 10)), ledger.totals(UsageFilter.ALL));
        }
    }

    @Test
    void totalsAreThoseOfTheStoreAndOfMemoryTogether() {
        try (Store store = made();
                UsageLedger ledger = new UsageLedger(store)) {
            ledger.add(row(DAY, "tok_1", "mary", 10));
            ledger.flush();
            ledger.add(row(DAY, "tok_1", "john", 5));
            ledger.add(row(DAY.plusDays(1), "tok_1", "", 3));
            ledger.add(row(DAY, "tok_2", "", 100));
            List<UsageRow> totals = ledger.totals(UsageFilter.ALL);
            assertEquals(3, totals.size());
            UsageRow first = totals.getFirst();
            assertEquals(2, first.requests());
            assertEquals(15, first.promptTokens());
            assertEquals(4, first.completionTokens());
            assertEquals(19, ledger.used("tok_1", DAY));
            assertEquals(0, ledger.used("tok_3", DAY));
            assertEquals(
                    5, ledger.totals(UsageFilter.ALL.ofUser("john")).getFirst().promptTokens());
        }
    }

    /** Tokens per day survive a restart. */
    @Test
    void whatWasUsedIsThereAfterARestart() {
        try (Store store = made();
                UsageLedger ledger = new UsageLedger(store)) {
            ledger.add(row(DAY, "tok_1", "", 10));
        }
        try (Store store = Store.of(StoreConfig.in(folder));
                UsageLedger ledger = new UsageLedger(store)) {
            assertEquals(12, ledger.used("tok_1", DAY));
        }
    }

    @Test
    void usersCanBeForgotten() {
        try (Store store = made();
                UsageLedger ledger = new UsageLedger(store)) {
            ledger.add(row(DAY, "tok_1", "mary", 10));
            ledger.flush();
            ledger.add(row(DAY, "tok_1", "mary", 5));
            assertEquals(2, ledger.forget("mary"));
            assertEquals(List.of(), ledger.totals(UsageFilter.ALL.ofUser("mary")));
            assertEquals(15, ledger.totals(UsageFilter.ALL).getFirst().promptTokens());
            ledger.flush();
            assertEquals(List.of(), new UsageTable(store).rows(UsageFilter.ALL.ofUser("mary")));
        }
    }

    @Test
    void tooManyUsersAreCountedWithoutTheirNames() {
        PendingUsage pending = new PendingUsage(10);
        for (int i = 0; i < 100; i++) {
            pending.add(row(DAY, "tok_1", "user-" + i, 1));
        }
        assertEquals(11, pending.rows().size());
        assertEquals(100, pending.rows().stream().mapToLong(UsageRow::promptTokens).sum());
    }

    /** However many names a client makes up, in one go or over a day with restarts. */
    @Test
    void namesOfUsersAreBoundedForEachCallerAndDay() {
        int total = UserNames.MAX_USERS + 500;
        for (int start = 0; start < total; start += 300) {
            try (Store store = made();
                    UsageLedger ledger = new UsageLedger(store)) {
                for (int i = start; i < start + 300; i++) {
                    ledger.add(row(DAY, "tok_1", "user-" + i, 1));
                }
                ledger.add(row(DAY, "tok_2", "mary", 1));
                ledger.add(row(DAY.plusDays(1), "tok_1", "mary", 1));
                ledger.add(row(DAY, "tok_1", "", 1));
            }
        }
        try (Store store = made()) {
            UsageTable table = new UsageTable(store);
            List<UsageRow> rows = table.rows(UsageFilter.ALL);
            List<UsageRow> ofOne =
                    rows.stream()
                            .filter(row -> row.day().equals(DAY))
                            .filter(row -> row.callerId().equals("tok_1"))
                            .toList();
            assertEquals(UserNames.MAX_USERS + 2, ofOne.size(), "and the others, and no name");
            assertEquals(
                    500,
                    table.rows(UsageFilter.ALL.ofUser(UserNames.OTHERS)).getFirst().promptTokens());
            assertEquals(total + 5, ofOne.stream().mapToLong(UsageRow::promptTokens).sum());
            assertEquals(2, table.rows(UsageFilter.ALL.ofUser("mary")).size());
        }
    }

    /** One caller with many users takes the room of no other. */
    @Test
    void oneCallerDoesNotCostOthersTheirNames() {
        PendingUsage pending = new PendingUsage(UserNames.MAX_USERS + 10);
        for (int i = 0; i < 5 * UserNames.MAX_USERS; i++) {
            pending.add(row(DAY, "tok_1", "user-" + i, 1));
        }
        pending.add(row(DAY, "tok_2", "mary", 1));
        assertTrue(pending.rows().stream().anyMatch(row -> row.user().equals("mary")));
    }

    private Store made() {
        Store store = Store.of(StoreConfig.in(folder));
        store.database();
        return store;
    }
}
