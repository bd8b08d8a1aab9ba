package dev.nightjar.server.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a client reaches this server, as far as its request tells. */
public final class ServerUrl {

    /** A name or address, with a port or without: nothing that means something to a shell. */
    private static final Pattern AUTHORITY =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:\\d{1,5})?");

    private ServerUrl() {}

    /**
     * The scheme, the authority and what paths begin with, such as {@code http://127.0.0.1:8080} or
     * {@code https://example.org/llm}.
     */
    public static String of(ServerRequest request) {
        Optional<PublicAddress> told = PublicAddress.find(request);
        String scheme =
                told.map(PublicAddress::scheme).orElse(request.isSecure() ? "https" : "http");
        String authority =
                told.flatMap(PublicAddress::authority)
                        .or(() -> request.headers().first(HeaderNames.HOST))
                        .filter(ServerUrl::isAuthority)
                        .orElseGet(() -> "127.0.0.1:" + request.localPeer().port());
        return scheme + "://" + authority + told.map(PublicAddress::prefix).orElse("");
    }

    /** Whether a text can stand between {@code //} and the path. */
    public static boolean isAuthority(String text) {
        return AUTHORITY.matcher(text).matches();
    }
}
