package dev.nightjar.server.transport;

import dev.nightjar.server.api.PublicAddress;
import dev.nightjar.server.api.ServerUrl;
import io.helidon.common.uri.UriPath;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes a request behind a proxy look as it does without one: takes the prefix from its path, and
 * keeps what a trusted proxy says about the client. What others say is not believed.
 */
public final class ProxyHeaders implements Filter {

    private static final HeaderName PROTO = HeaderNames.create("X-Forwarded-Proto");
    private static final HeaderName HOST = HeaderNames.create("X-Forwarded-Host");
    private static final HeaderName PREFIX = HeaderNames.create("X-Forwarded-Prefix");
    private static final HeaderName FOR = HeaderNames.create("X-Forwarded-For");
    private static final String PATH = "(/[A-Za-z0-9._~-]{1,64}){1,8}";

    private final TrustedProxies proxies;
    private final String prefix;

    /** As configured. */
    public ProxyHeaders(TransportConfig config) {
        this.proxies = config.proxies();
        this.prefix = config.pathPrefix();
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        boolean isBelow = isBelowPrefix(request.prologue().uriPath().rawPath());
        if (isBelow) {
            stripPrefix(request);
        }
        if (isTrusted(request)) {
            register(request, told(request));
        } else if (!prefix.isEmpty()) {
            String scheme = request.isSecure() ? "https" : "http";
            register(
                    request,
                    new PublicAddress(
                            scheme, Optional.empty(), isBelow ? prefix : "", Optional.empty()));
        }
        chain.proceed();
    }

    private PublicAddress told(ServerRequest request) {
        String scheme =
                first(request, PROTO)
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .filter(List.of("http", "https")::contains)
                        .orElse(request.isSecure() ? "https" : "http");
        return new PublicAddress(
                scheme,
                first(request, HOST).filter(ServerUrl::isAuthority),
                first(request, PREFIX).filter(text -> text.matches(PATH)).orElse(prefix),
                client(request));
    }

    /** The last address that was not written by a trusted proxy: all before it may be invented. */
    private Optional<String> client(ServerRequest request) {
        List<String> hops =
                request.headers().contains(FOR)
                        ? List.of(
                                String.join(",", request.headers().get(FOR).allValues()).split(","))
                        : List.of();
        for (String hop : hops.reversed()) {
            Optional<InetAddress> address = literal(hop.strip());
            if (address.isEmpty() || !proxies.has(address.get())) {
                return address.map(InetAddress::getHostAddress);
            }
        }
        return Optional.empty();
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    private boolean isTrusted(ServerRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress peer
                && !peer.isUnresolved()
                && proxies.has(peer.getAddress());
    }

    private boolean isBelowPrefix(String path) {
        return !prefix.isEmpty()
                && path.startsWith(prefix)
                && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    private void stripPrefix(RoutingRequest request) {
        HttpPrologue whole = request.prologue();
        String rest = whole.uriPath().rawPath().substring(prefix.length());
        UriPath path = UriPath.create(rest.isEmpty() ? "/" : rest);
        request.prologue(whole.withUriPath(path));
        request.path(new StrippedPath(path));
    }

    private static void register(ServerRequest request, PublicAddress address) {
        request.context().register(PublicAddress.class, address);
    }

    private static Optional<String> first(ServerRequest request, HeaderName name) {
        return request.headers().first(name).map(text -> text.split(",", 2)[0].strip());
    }
}
