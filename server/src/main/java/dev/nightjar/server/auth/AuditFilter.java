package dev.nightjar.server.auth;

import dev.nightjar.server.api.RequestId;
import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.RequestScope;
import dev.nightjar.server.store.AuditEvent;
import io.helidon.http.Method;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Has every change below {@code /admin} in the audit log, and whatever says so by an {@link
 * AuditNote}, before its client has the answer.
 */
final class AuditFilter {

    private static final String ADMIN = "/admin/";
    private static final Set<Method> READING = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);
    private static final int FIRST_ERROR = 400;

    private final AuditLog log;

    AuditFilter(AuditLog log) {
        this.log = log;
    }

    void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        response.beforeSend(() -> note(request, response));
        chain.proceed();
    }

    private void note(RoutingRequest request, RoutingResponse response) {
        Optional<AuditNote> own = AuditNote.of(request);
        String path = request.path().absolute().path();
        boolean isChange = path.startsWith(ADMIN) && !READING.contains(request.prologue().method());
        if (own.isEmpty() && !isChange) {
            return;
        }
        AuditNote note =
                own.orElseGet(() -> new AuditNote(request.prologue().method().text(), path));
        note(note, request, response);
    }

    /** What was refused is gathered, as it may be sent as often as anybody likes. */
    private void note(AuditNote note, RoutingRequest request, RoutingResponse response) {
        int status = response.status().code();
        Caller caller = RequestScope.of(request).caller();
        AuditEvent event =
                new AuditEvent(
                        Instant.now(),
                        caller.id(),
                        note.action(),
                        note.target(),
                        status < FIRST_ERROR ? "ok" : "refused with " + status,
                        RequestId.of(response),
                        Remote.of(request));
        if (status < FIRST_ERROR) {
            log.note(event);
        } else if (caller != Caller.UNKNOWN) { // whom AuthFilter has noted
            log.gather(event);
        }
    }
}
