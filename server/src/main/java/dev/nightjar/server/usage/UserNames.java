package dev.nightjar.server.usage;

import dev.nightjar.server.store.UsageRow;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Whose names are kept: those of the first {@value #MAX_USERS} users of a caller on a day. Clients
 * choose these names, so that without a bound one of them could fill the store. Not thread-safe.
 */
final class UserNames {

    /** Users of one caller and day that are told apart. */
    static final int MAX_USERS = 1_000;

    /** All users beyond. */
    static final String OTHERS = "(others)";

    /** Callers whose users are remembered; those of others are looked up again. */
    private static final int MAX_CALLERS = 200;

    private static final float LOAD_FACTOR = 0.75f;

    private record CallerDay(LocalDate day, String caller) {}

    private final BiFunction<LocalDate, String, List<String>> recorded;

    /** The least recently used first. */
    private final Map<CallerDay, Set<String>> known =
            new LinkedHashMap<>(16, LOAD_FACTOR, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<CallerDay, Set<String>> eldest) {
                    return size() > MAX_CALLERS;
                }
            };

    /**
     * On top of what is known elsewhere.
     *
     * @param recorded names of a day and caller that are kept already
     */
    UserNames(BiFunction<LocalDate, String, List<String>> recorded) {
        this.recorded = recorded;
    }

    /** The row with its user, or under the name of all others if there were too many before. */
    UsageRow bounded(UsageRow row) {
        if (row.user().isEmpty() || row.user().equals(OTHERS)) {
            return row;
        }
        Set<String> names =
                known.computeIfAbsent(
                        new CallerDay(row.day(), row.callerId()),
                        one -> new HashSet<>(recorded.apply(one.day(), one.caller())));
        boolean isKept = names.contains(row.user()) || names.size() < MAX_USERS;
        if (isKept) {
            names.add(row.user());
        }
        return isKept ? row : row.withUser(OTHERS);
    }

    /** Looks everything up again. */
    void clear() {
        known.clear();
    }
}
