package dev.nightjar.server.auth;

import dev.nightjar.server.api.PublicAddress;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetSocketAddress;

/** Where a request comes from, as the connection says, or a proxy that is trusted. */
final class Remote {

    private Remote() {}

    /** The address without the port. */
    static String of(ServerRequest request) {
        return PublicAddress.find(request)
                .flatMap(PublicAddress::client)
                .orElseGet(() -> ofConnection(request));
    }

    private static String ofConnection(ServerRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress address
                        && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : request.remotePeer().host();
    }
}
