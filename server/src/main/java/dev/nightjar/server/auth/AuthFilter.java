package dev.nightjar.server.auth;

import dev.nightjar.server.api.RequestId;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.RequestScope;
import dev.nightjar.server.store.AuditEvent;
import dev.nightjar.server.store.StoreException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Lets a request pass if it is known who sends it, or if nobody is asked. Whatever is not listed as
 * public is guarded, routes that do not exist included.
 */
final class AuthFilter {

    private static final System.Logger LOG = System.getLogger(AuthFilter.class.getName());
    private static final HeaderName EXPIRES_IN = HeaderNames.create("X-Token-Expires-In");
    private static final Duration WARNING_TIME = Duration.ofDays(7);

    /** Codes of refusals that may be guesses at a token. */
    private static final Set<String> GUESSES = Set.of("invalid_token", "invalid_api_key");

    private final AuthConfig config;
    private final Tokens tokens;
    private final Authenticator authenticator;
    private final AuditLog audit;
    private final Predicate<RoutingRequest> isPublic;
    private final FailedAttempts failures;

    AuthFilter(
            AuthConfig config,
            Tokens tokens,
            Authenticator authenticator,
            AuditLog audit,
            Predicate<RoutingRequest> isPublic) {
        this.config = config;
        this.tokens = tokens;
        this.authenticator = authenticator;
        this.audit = audit;
        this.isPublic = isPublic;
        this.failures = new FailedAttempts(config.failuresPerMinute());
    }

    void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!isPublic.test(request)) {
            Caller caller = caller(request, response);
            RequestScope.of(request).caller(caller);
            warnOfEnd(caller, response);
        }
        chain.proceed();
    }

    private Caller caller(RoutingRequest request, RoutingResponse response) {
        if (!isAsking()) {
            return config.asking() == AuthConfig.Asking.WITH_TOKENS
                    ? OwnPages.callerOf(request)
                    : Caller.ANYBODY;
        }
        try {
            return authenticator.caller(request.headers());
        } catch (ApiException refused) {
            throw counted(refused, request, response);
        }
    }

    /** A database that cannot be read may hold tokens. */
    private boolean isAsking() {
        try {
            return config.asking() == AuthConfig.Asking.ALWAYS || tokens.haveExisted();
        } catch (StoreException failed) {
            LOG.log(System.Logger.Level.ERROR, "whether there are tokens is not known", failed);
            throw AuthError.unavailable().asException();
        }
    }

    private ApiException counted(
            ApiException refused, RoutingRequest request, RoutingResponse response) {
        String code = refused.error().code().orElse("");
        String remote = Remote.of(request);
        audit.gather(
                new AuditEvent(
                        Instant.now(),
                        Caller.UNKNOWN.id(),
                        "authenticate",
                        request.prologue().method().text() + " " + request.path().absolute().path(),
                        code,
                        RequestId.of(response),
                        remote));
        OptionalLong wait =
                GUESSES.contains(code)
                        ? failures.note(remote, System.nanoTime())
                        : OptionalLong.empty();
        return wait.isPresent()
                ? AuthError.tooManyFailures(wait.getAsLong()).asException()
                : refused;
    }

    private static void warnOfEnd(Caller caller, RoutingResponse response) {
        caller.expiresAt()
                .map(end -> Duration.between(Instant.now(), end))
                .filter(left -> left.compareTo(WARNING_TIME) < 0)
                .ifPresent(
                        left ->
                                response.header(
                                        EXPIRES_IN, Long.toString(Math.max(0, left.toSeconds()))));
    }
}
