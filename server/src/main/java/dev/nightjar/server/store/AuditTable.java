package dev.nightjar.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The audit log. */
public final class AuditTable {

    private final Store store;

    /** The audit log of a store. */
    public AuditTable(Store store) {
        this.store = store;
    }

    /** Adds events; makes the database if it is not there. */
    public void add(List<AuditEvent> events) {
        for (AuditEvent event : events) {
            store.database()
                    .update(
                            "INSERT INTO audit_event (happened_at, actor, action, target, outcome,"
                                    + " request_id, remote) VALUES (?,?,?,?,?,?,?)",
                            event.at().toEpochMilli(),
                            event.actor(),
                            event.action(),
                            event.target(),
                            event.outcome(),
                            event.requestId(),
                            event.remote());
        }
    }

    /** The newest events, the newest first. */
    public List<AuditEvent> latest(int limit) {
        return store.existing()
                .map(
                        database ->
                                database.query(
                                        AuditTable::read,
                                        "SELECT happened_at, actor, action, target, outcome,"
                                                + " request_id, remote FROM audit_event ORDER BY id"
                                                + " DESC LIMIT ?",
                                        limit))
                .orElse(List.of());
    }

    /** Removes what is older, and all but the newest so many. */
    public int trim(Instant oldest, int maxEvents) {
        return store.existing()
                .map(
                        database ->
                                database.update(
                                                "DELETE FROM audit_event WHERE happened_at < ?",
                                                oldest.toEpochMilli())
                                        + database.update(
                                                "DELETE FROM audit_event WHERE id <= (SELECT"
                                                        + " MAX(id) FROM audit_event) - ?",
                                                maxEvents))
                .orElse(0);
    }

    private static AuditEvent read(ResultSet row) throws SQLException {
        return new AuditEvent(
                Instant.ofEpochMilli(row.getLong("happened_at")),
                row.getString("actor"),
                row.getString("action"),
                row.getString("target"),
                row.getString("outcome"),
                row.getString("request_id"),
                row.getString("remote"));
    }
}
