package dev.nightjar.server.auth;

import dev.nightjar.server.store.AuditEvent;
import dev.nightjar.server.store.AuditTable;
import dev.nightjar.server.store.Store;
import dev.nightjar.server.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What administrators do, at once, and who was refused, gathered: whoever tries a million tokens
 * fills a few lines.
 */
public final class AuditLog {

    private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());

    /** Kinds of refusals between two writings; further ones are counted together. */
    private static final int MAX_KINDS = 500;

    private record Kind(String actor, String action, String outcome, String remote) {}

    private record Refusals(Instant first, String target, String requestId, long count) {}

    private final AuditTable table;
    private final Store store;
    private final Map<Kind, Refusals> gathered = new LinkedHashMap<>();

    /** The audit log of a store; a store that keeps nothing has none. */
    public AuditLog(Store store) {
        this.table = new AuditTable(store);
        this.store = store;
    }

    /** Writes down what was done. A failure to do so is logged: what was done is done. */
    public void note(AuditEvent event) {
        write(List.of(event));
    }

    /** Writes down a refusal a little later, together with others of its kind. */
    void gather(AuditEvent event) {
        Kind kind = new Kind(event.actor(), event.action(), event.outcome(), event.remote());
        synchronized (gathered) {
            if (!gathered.containsKey(kind) && gathered.size() >= MAX_KINDS) {
                kind = new Kind("unknown", event.action(), "various", "various");
            }
            gathered.merge(
                    kind,
                    new Refusals(event.at(), event.target(), event.requestId(), 1),
                    (old, one) ->
                            new Refusals(old.first, old.target, old.requestId, old.count + 1));
        }
    }

    /** Writes down what was gathered; no database is made for that. */
    void flush() {
        if (!store.exists()) {
            return;
        }
        List<AuditEvent> events = new ArrayList<>();
        synchronized (gathered) {
            gathered.forEach((kind, refusals) -> events.add(event(kind, refusals)));
            gathered.clear();
        }
        write(events);
    }

    /** The newest events, the newest first. */
    public List<AuditEvent> latest(int limit) {
        flush();
        return table.latest(limit);
    }

    private static AuditEvent event(Kind kind, Refusals refusals) {
        String more = refusals.count > 1 ? " and %d more".formatted(refusals.count - 1) : "";
        return new AuditEvent(
                refusals.first,
                kind.actor,
                kind.action,
                refusals.target + more,
                kind.outcome,
                refusals.requestId,
                kind.remote);
    }

    private void write(List<AuditEvent> events) {
        if (store.config().isEmpty() || events.isEmpty()) {
            return;
        }
        try {
            table.add(events);
        } catch (StoreException failed) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the audit log lacks " + events.size() + " events",
                    failed);
        }
    }
}
