package dev.nightjar.server.api;

import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.time.Instant;

/**
 * When a request's head had arrived.
 *
 * @param nanoTime on the clock of {@link System#nanoTime}
 * @param instant on the wall clock
 */
public record Arrival(long nanoTime, Instant instant) {

    /** Notes the time; a filter that comes before all others. */
    public static void note(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        request.context().register(Arrival.class, new Arrival(System.nanoTime(), Instant.now()));
        chain.proceed();
    }

    /** The arrival of a request; now, if it was not noted. */
    public static Arrival of(ServerRequest request) {
        return request.context()
                .get(Arrival.class, Arrival.class)
                .orElseGet(() -> new Arrival(System.nanoTime(), Instant.now()));
    }

    /** The arrival of a request on the clock of {@link System#nanoTime}. */
    public static long nanos(ServerRequest request) {
        return of(request).nanoTime();
    }
}
