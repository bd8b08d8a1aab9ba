package dev.nightjar.server.transport;

import dev.nightjar.server.api.PublicAddress;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;

/** What browsers should not do with answers. */
public final class SecurityHeaders implements Filter {

    private static final List<Header> ALWAYS =
            List.of(
                    HeaderValues.create("X-Content-Type-Options", "nosniff"),
                    HeaderValues.create("Referrer-Policy", "no-referrer"));

    /** An answer is nothing to show, whatever stands in it; pages say otherwise themselves. */
    private static final Header NOTHING_TO_SHOW =
            HeaderValues.create(
                    HeaderNames.create("Content-Security-Policy"),
                    "default-src 'none'; frame-ancestors 'none'");

    private static final Header ONLY_ENCRYPTED =
            HeaderValues.create("Strict-Transport-Security", "max-age=31536000");

    /** As a filter of a listener. */
    public SecurityHeaders() {}

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        ServerResponseHeaders headers = response.headers();
        addTo(headers);
        headers.set(NOTHING_TO_SHOW);
        boolean isEncrypted =
                PublicAddress.find(request)
                        .map(address -> address.scheme().equals("https"))
                        .orElse(request.isSecure());
        if (isEncrypted) {
            headers.set(ONLY_ENCRYPTED);
        }
        chain.proceed();
    }

    /** Those that every answer has, errors before any filter included. */
    public static void addTo(ServerResponseHeaders headers) {
        ALWAYS.forEach(headers::set);
    }
}
