package dev.nightjar.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Access tokens. */
public final class TokenTable {

    private static final String COLUMNS =
            "id, hash, prefix, name, is_admin, models, tasks, tier, created_at, expires_at,"
                    + " last_used_at, revoked_at";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM access_token";

    /** Stands between the elements of a list; none of them may hold it. */
    private static final String SEPARATOR = "\n";

    private final Store store;

    /** The tokens of a store. */
    public TokenTable(Store store) {
        this.store = store;
    }

    /** Keeps a new token; makes the database if it is not there. */
    public void insert(StoredToken token) {
        store.database()
                .update(
                        "INSERT INTO access_token ("
                                + COLUMNS
                                + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                        token.id(),
                        token.hash(),
                        token.prefix(),
                        token.name(),
                        token.isAdmin(),
                        joined(token.models()),
                        joined(token.tasks()),
                        token.tier(),
                        token.createdAt().toEpochMilli(),
                        millis(token.expiresAt()),
                        millis(token.lastUsedAt()),
                        millis(token.revokedAt()));
    }

    /** The token of a hash, whatever its state. */
    public Optional<StoredToken> withHash(String hash) {
        return store.existing()
                .flatMap(
                        database ->
                                database
                                        .query(TokenTable::read, SELECT + " WHERE hash = ?", hash)
                                        .stream()
                                        .findFirst());
    }

    /** The token of an id, whatever its state. */
    public Optional<StoredToken> withId(String id) {
        return store.existing()
                .flatMap(
                        database ->
                                database
                                        .query(TokenTable::read, SELECT + " WHERE id = ?", id)
                                        .stream()
                                        .findFirst());
    }

    /** All tokens, the newest first. */
    public List<StoredToken> all() {
        return store.existing()
                .map(
                        database ->
                                database.query(
                                        TokenTable::read, SELECT + " ORDER BY created_at DESC, id"))
                .orElse(List.of());
    }

    /** Whether there has ever been a token. */
    public boolean hasAny() {
        return store.existing()
                .filter(
                        database ->
                                !database.query(
                                                row -> row.getString(1),
                                                "SELECT id FROM access_token LIMIT 1")
                                        .isEmpty())
                .isPresent();
    }

    /** Revokes a token, and returns whether there was one that was not revoked. */
    public boolean revoke(String id, Instant time) {
        return store.existing()
                .filter(
                        database ->
                                database.update(
                                                "UPDATE access_token SET revoked_at = ? WHERE id = ?"
                                                        + " AND revoked_at IS NULL",
                                                time.toEpochMilli(),
                                                id)
                                        == 1)
                .isPresent();
    }

    /** Notes when tokens were used, by id; an earlier time than the one there changes nothing. */
    public void noteUse(Map<String, Instant> times) {
        times.forEach(
                (id, time) ->
                        store.database()
                                .update(
                                        "UPDATE access_token SET last_used_at = ? WHERE id = ? AND"
                                                + " (last_used_at IS NULL OR last_used_at < ?)",
                                        time.toEpochMilli(),
                                        id,
                                        time.toEpochMilli()));
    }

    private static StoredToken read(ResultSet row) throws SQLException {
        return new StoredToken(
                row.getString("id"),
                row.getString("hash"),
                row.getString("prefix"),
                row.getString("name"),
                row.getBoolean("is_admin"),
                split(row.getString("models")),
                split(row.getString("tasks")),
                row.getString("tier"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "expires_at"),
                instant(row, "last_used_at"),
                instant(row, "revoked_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static Long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }

    private static String joined(Optional<List<String>> list) {
        return list.map(elements -> String.join(SEPARATOR, elements)).orElse(null);
    }

    private static Optional<List<String>> split(String text) {
        return Optional.ofNullable(text)
                .map(joined -> joined.isEmpty() ? List.of() : List.of(joined.split(SEPARATOR)));
    }
}
