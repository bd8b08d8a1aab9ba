package dev.nightjar.server.usage;

import static dev.nightjar.server.usage.UserNames.OTHERS;

import dev.nightjar.server.store.UsageRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows that were not written yet, one for each day, caller, model and user. Not thread-safe. */
final class PendingUsage {

    /** Whose row it is. */
    private record Key(LocalDate day, String caller, String model, String user) {

        static Key of(UsageRow row) {
            return new Key(row.day(), row.callerId(), row.model(), row.user());
        }
    }

    private final int maxRows;
    private final Map<Key, UsageRow> rows = new LinkedHashMap<>();
    private final UserNames names = new UserNames((day, caller) -> List.of());

    /**
     * Empty.
     *
     * @param maxRows more are counted under the name of all other users
     */
    PendingUsage(int maxRows) {
        this.maxRows = maxRows;
    }

    /** Adds figures to those there. Nothing is lost but who the user was if there are too many. */
    void add(UsageRow more) {
        UsageRow named = names.bounded(more);
        boolean hasRoom = rows.size() < maxRows || rows.containsKey(Key.of(named));
        UsageRow row = hasRoom || named.user().isEmpty() ? named : named.withUser(OTHERS);
        rows.merge(Key.of(row), row, PendingUsage::sum);
    }

    /** All of them. */
    List<UsageRow> rows() {
        return new ArrayList<>(rows.values());
    }

    /** Takes all of them out. */
    List<UsageRow> drain() {
        List<UsageRow> all = rows();
        rows.clear();
        names.clear();
        return all;
    }

    /** Drops what is older. */
    void removeBefore(LocalDate day) {
        rows.keySet().removeIf(key -> key.day().isBefore(day));
    }

    /** Takes the name of a user away; its figures stay. */
    int forget(String user) {
        List<UsageRow> named = rows().stream().filter(row -> row.user().equals(user)).toList();
        named.forEach(row -> rows.remove(Key.of(row)));
        named.forEach(row -> add(withoutUser(row)));
        return named.size();
    }

    static UsageRow sum(UsageRow a, UsageRow b) {
        return new UsageRow(
                a.day(),
                a.callerId(),
                b.callerName(),
                a.model(),
                a.user(),
                a.requests() + b.requests(),
                a.errors() + b.errors(),
                a.promptTokens() + b.promptTokens(),
                a.completionTokens() + b.completionTokens(),
                a.cachedTokens() + b.cachedTokens());
    }

    static UsageRow withoutUser(UsageRow row) {
        return row.withUser("");
    }
}
