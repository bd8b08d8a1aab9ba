package dev.nightjar.server.observe.request;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Looks at each request when it is over and tells whoever wants to know. Comes before all other
 * filters. Thread-safe.
 */
public final class RequestObserver implements Filter {

    private static final System.Logger LOG = System.getLogger(RequestObserver.class.getName());

    private final AtomicInteger inFlight = new AtomicInteger();
    private final List<Consumer<FinishedRequest>> readers = new CopyOnWriteArrayList<>();

    /** Without readers. */
    public RequestObserver() {}

    /** Has a reader told of each request, on the request's thread. */
    public void add(Consumer<FinishedRequest> reader) {
        readers.add(reader);
    }

    /** Requests being answered now. */
    public int inFlight() {
        return inFlight.get();
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Instant arrived = Instant.now();
        long started = System.nanoTime();
        RequestEvent event = new RequestEvent();
        event.begin();
        inFlight.incrementAndGet();
        boolean hasClient = true;
        try {
            chain.proceed();
        } catch (CloseConnectionException gone) {
            hasClient = false;
            throw gone;
        } finally {
            inFlight.decrementAndGet();
            event.end();
            FinishedRequest finished =
                    FinishedRequest.of(request, response, arrived, started, hasClient);
            if (event.shouldCommit()) {
                event.fill(finished);
                event.commit();
            }
            readers.forEach(reader -> tell(reader, finished));
        }
    }

    /** What goes wrong with a log must not go wrong with the request. */
    private static void tell(Consumer<FinishedRequest> reader, FinishedRequest finished) {
        try {
            reader.accept(finished);
        } catch (RuntimeException failed) {
            LOG.log(System.Logger.Level.WARNING, "a request could not be reported", failed);
        }
    }
}
