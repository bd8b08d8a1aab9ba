package dev.nightjar.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tokens used, by day, caller, model and user. */
public final class UsageTable {

    private static final String KEY =
            " WHERE usage_day = ? AND caller_id = ? AND model = ? AND user_id = ?";
    private static final String ADD =
            "UPDATE token_usage SET requests = requests + ?, errors = errors + ?, prompt_tokens ="
                    + " prompt_tokens + ?, completion_tokens = completion_tokens + ?, cached_tokens"
                    + " = cached_tokens + ?, caller_name = ?"
                    + KEY;
    private static final String COLUMNS =
            "usage_day, caller_id, caller_name, model, user_id, requests, errors, prompt_tokens,"
                    + " completion_tokens, cached_tokens";
    private static final String INSERT =
            "INSERT INTO token_usage (" + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?,?)";

    private final Store store;

    /** The usage of a store. */
    public UsageTable(Store store) {
        this.store = store;
    }

    /**
     * Adds figures to those there, each row by itself: several nodes may add to one row. Makes the
     * database if it is not there. Callers gather what they add; this is no call for each request.
     */
    public void add(List<UsageRow> more) {
        Database database = store.database();
        for (UsageRow row : more) {
            boolean isAdded = addTo(database, row) || insert(database, row);
            if (!isAdded) {
                addTo(database, row); // another node was faster to insert it
            }
        }
    }

    /** What was used, by day, caller and model, with all users of a caller together. */
    public List<UsageRow> totals(UsageFilter filter) {
        return select(
                filter,
                "usage_day, caller_id, MAX(caller_name) AS caller_name, model, '' AS user_id,"
                        + " SUM(requests) AS requests, SUM(errors) AS errors, SUM(prompt_tokens) AS"
                        + " prompt_tokens, SUM(completion_tokens) AS completion_tokens,"
                        + " SUM(cached_tokens) AS cached_tokens",
                " GROUP BY usage_day, caller_id, model ORDER BY usage_day, caller_id, model");
    }

    /** What was used, with each user by itself. */
    public List<UsageRow> rows(UsageFilter filter) {
        return select(filter, COLUMNS, " ORDER BY usage_day, caller_id, model, user_id");
    }

    /** Names of the users of a caller and day, in no order; none of those that have no name. */
    public List<String> users(LocalDate day, String callerId, int atMost) {
        return store.existing()
                .map(
                        database ->
                                database.query(
                                        row -> row.getString("user_id"),
                                        "SELECT DISTINCT user_id FROM token_usage WHERE usage_day"
                                                + " = ? AND caller_id = ? AND user_id <> '' FETCH"
                                                + " FIRST "
                                                + atMost
                                                + " ROWS ONLY",
                                        day,
                                        callerId))
                .orElse(List.of());
    }

    /**
     * Forgets a user: what it used stays in the totals of the caller, under no name. Returns the
     * number of rows that named it.
     */
    public int forget(String user) {
        Optional<Database> database = store.existing();
        if (database.isEmpty() || user.isEmpty()) {
            return 0;
        }
        List<UsageRow> rows = rows(UsageFilter.ALL.ofUser(user));
        int removed = database.get().update("DELETE FROM token_usage WHERE user_id = ?", user);
        add(rows.stream().map(row -> row.withUser("")).toList());
        return removed;
    }

    /** Removes what is older. */
    public int removeBefore(LocalDate day) {
        return store.existing()
                .map(
                        database ->
                                database.update("DELETE FROM token_usage WHERE usage_day < ?", day))
                .orElse(0);
    }

    private static boolean addTo(Database database, UsageRow row) {
        return database.update(
                        ADD,
                        row.requests(),
                        row.errors(),
                        row.promptTokens(),
                        row.completionTokens(),
                        row.cachedTokens(),
                        row.callerName(),
                        row.day(),
                        row.callerId(),
                        row.model(),
                        row.user())
                == 1;
    }

    private static boolean insert(Database database, UsageRow row) {
        return database.insert(
                INSERT,
                row.day(),
                row.callerId(),
                row.callerName(),
                row.model(),
                row.user(),
                row.requests(),
                row.errors(),
                row.promptTokens(),
                row.completionTokens(),
                row.cachedTokens());
    }

    private List<UsageRow> select(UsageFilter filter, String columns, String end) {
        List<Object> values = new ArrayList<>();
        StringBuilder where = new StringBuilder(" WHERE 1 = 1");
        add(where, values, " AND usage_day >= ?", filter.from());
        add(where, values, " AND usage_day <= ?", filter.to());
        add(where, values, " AND caller_id = ?", filter.callerId());
        add(where, values, " AND model = ?", filter.model());
        add(where, values, " AND user_id = ?", filter.user());
        String sql = "SELECT " + columns + " FROM token_usage" + where + end;
        return store.existing()
                .map(database -> database.query(UsageTable::read, sql, values.toArray()))
                .orElse(List.of());
    }

    private static void add(
            StringBuilder where, List<Object> values, String condition, Optional<?> value) {
        if (value.isPresent()) {
            where.append(condition);
            values.add(value.get());
        }
    }

    private static UsageRow read(ResultSet row) throws SQLException {
        return new UsageRow(
                row.getObject("usage_day", LocalDate.class),
                row.getString("caller_id"),
                row.getString("caller_name"),
                row.getString("model"),
                row.getString("user_id"),
                row.getLong("requests"),
                row.getLong("errors"),
                row.getLong("prompt_tokens"),
                row.getLong("completion_tokens"),
                row.getLong("cached_tokens"));
    }
}
