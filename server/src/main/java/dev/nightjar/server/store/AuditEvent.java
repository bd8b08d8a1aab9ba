package dev.nightjar.server.store;

import java.time.Instant;

/**
 * Something that an operator has to be able to look up later. Holds no token and no text of a
 * request.
 *
 * @param at when it happened
 * @param actor who did it, such as a token's id
 * @param action what was done, such as {@code token.revoke}
 * @param target what it was done to
 * @param outcome how it went, such as {@code ok}
 * @param requestId of the request that did it; {@code -} without one
 * @param remote the address that it came from; {@code -} without one
 */
public record AuditEvent(
        Instant at,
        String actor,
        String action,
        String target,
        String outcome,
        String requestId,
        String remote) {

    private static final int MAX_ACTOR = 200;
    private static final int MAX_WORD = 64;
    private static final int MAX_TARGET = 300;
    private static final int MAX_REQUEST_ID = 128;

    /** Shortens what is longer than the table takes. */
    public AuditEvent {
        actor = Column.shortened(actor, MAX_ACTOR);
        action = Column.shortened(action, MAX_WORD);
        target = Column.shortened(target, MAX_TARGET);
        outcome = Column.shortened(outcome, MAX_WORD);
        requestId = Column.shortened(requestId, MAX_REQUEST_ID);
        remote = Column.shortened(remote, MAX_WORD);
    }
}
