package dev.nightjar.server.api;

import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/**
 * Where the outer world finds this server, and who asks, as a trusted proxy told it.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host and maybe port; as in the request if empty
 * @param prefix what paths begin with there, such as {@code /llm}; may be empty
 * @param client the address of the client; that of the connection if empty
 */
public record PublicAddress(
        String scheme, Optional<String> authority, String prefix, Optional<String> client) {

    /** That of a request, unless it came by no proxy and has no prefix. */
    public static Optional<PublicAddress> find(ServerRequest request) {
        return request.context().get(PublicAddress.class, PublicAddress.class);
    }

    /** The address of whoever asks: that of the connection, or what a trusted proxy says. */
    public static String client(ServerRequest request) {
        return find(request)
                .flatMap(PublicAddress::client)
                .orElseGet(() -> request.remotePeer().host());
    }
}
