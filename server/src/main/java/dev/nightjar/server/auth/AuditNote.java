package dev.nightjar.server.auth;

import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/**
 * How the audit log calls what a request does, where its method and path do not say enough.
 *
 * @param action such as {@code token.revoke}
 * @param target such as a token's id; no token, and nobody's name
 */
public record AuditNote(String action, String target) {

    /** Notes it for a request. */
    public static void put(ServerRequest request, String action, String target) {
        request.context().register(AuditNote.class, new AuditNote(action, target));
    }

    static Optional<AuditNote> of(ServerRequest request) {
        return request.context().get(AuditNote.class, AuditNote.class);
    }
}
