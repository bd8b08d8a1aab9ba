package dev.nightjar.server.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.regex.Pattern;

/** Where a client reaches this server, as far as its request tells. */
public final class ServerUrl {

    /** A name or address, with a port or without: nothing that means something to a shell. */
    private static final Pattern AUTHORITY =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:\\d{1,5})?");

    private ServerUrl() {}

    /** The scheme and authority, such as {@code http://127.0.0.1:8080}. */
    public static String of(ServerRequest request) {
        String scheme = request.isSecure() ? "https" : "http";
        return request.headers()
                .first(HeaderNames.HOST)
                .filter(host -> AUTHORITY.matcher(host).matches())
                .map(host -> scheme + "://" + host)
                .orElseGet(() -> scheme + "://127.0.0.1:" + request.localPeer().port());
    }
}
