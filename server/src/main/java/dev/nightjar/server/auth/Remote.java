package dev.nightjar.server.auth;

import io.helidon.webserver.http.ServerRequest;
import java.net.InetSocketAddress;

/** Where a request comes from, as the connection says; headers of proxies are not believed. */
final class Remote {

    private Remote() {}

    /** The address without the port. */
    static String of(ServerRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress address
                        && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : request.remotePeer().host();
    }
}
