package dev.nightjar.server.auth;

import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.Permissions;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells what a browser on this machine was told to send by a page from elsewhere: a server that
 * asks nobody who calls takes no changes from such pages, although they reach it.
 */
final class OwnPages {

    private static final Pattern LOOPBACK =
            Pattern.compile(
                    "(?i)(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[[0:]*:0*1])(:\\d+)?");

    /** What browsers say of a request that another page caused, those without an origin, too. */
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

    private static final Set<String> FROM_ELSEWHERE = Set.of("cross-site", "same-site");

    /** Of a tenant of its own: what is cached of others' prompts would tell of them. */
    private static final Caller FOREIGN_PAGE =
            new Caller(
                    "anybody",
                    "anybody",
                    "page from elsewhere",
                    Caller.DEFAULT_TIER,
                    new Permissions(false, Optional.empty(), Optional.empty()),
                    Optional.empty());

    private OwnPages() {}

    /** The caller where nobody is asked. */
    static Caller callerOf(ServerRequest request) {
        return isOwn(request) ? Caller.ANYBODY : FOREIGN_PAGE;
    }

    private static boolean isOwn(ServerRequest request) {
        String host = request.headers().first(HeaderNames.HOST).orElse("localhost");
        Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
        return LOOPBACK.matcher(host).matches()
                && request.headers().first(FETCH_SITE).filter(FROM_ELSEWHERE::contains).isEmpty()
                && (origin.isEmpty() || authority(origin.get()).filter(host::equals).isPresent());
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(new URI(origin).getAuthority());
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }
}
