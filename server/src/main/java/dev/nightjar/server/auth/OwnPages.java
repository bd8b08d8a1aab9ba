package dev.nightjar.server.auth;

import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.Permissions;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells what a browser on this machine was told to send by a page from elsewhere: a server that
 * asks nobody who calls takes no changes from such pages, although they reach it.
 */
final class OwnPages {

    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1]|\\[0:.*:1])(:\\d+)?");

    private static final Caller FOREIGN_PAGE =
            new Caller(
                    "anybody",
                    "anybody",
                    "",
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
