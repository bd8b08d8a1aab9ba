package dev.nightjar.server.observe;

import dev.nightjar.server.api.RequestId;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes one line per request when it ends; never what was asked or answered. */
public final class AccessLog implements Filter {

    private final PrintStream out;

    /** Writes to {@code out}. */
    public AccessLog(PrintStream out) {
        this.out = out;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long started = System.nanoTime();
        try {
            chain.proceed();
        } finally {
            long millis = (System.nanoTime() - started) / 1_000_000;
            out.printf(
                    "%s %s %s %s %d %d ms %s%n",
                    Instant.now().truncatedTo(ChronoUnit.MILLIS),
                    request.remotePeer().host(),
                    request.prologue().method().text(),
                    request.prologue().uriPath().rawPath(),
                    response.status().code(),
                    millis,
                    response.headers().first(HeaderNames.create(RequestId.HEADER)).orElse("-"));
        }
    }
}
