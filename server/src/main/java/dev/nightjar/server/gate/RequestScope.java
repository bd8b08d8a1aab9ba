package dev.nightjar.server.gate;

import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of one request while it is answered, and what has to be done when it is over. The
 * request's thread fills it; other threads may read it.
 */
public final class RequestScope {

    private static final System.Logger LOG = System.getLogger(RequestScope.class.getName());

    private final List<Admission> admissions;
    private final Deque<Runnable> settlements = new ArrayDeque<>();
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private volatile Caller caller = Caller.UNKNOWN;
    private volatile ModelUse model; // null until one is chosen
    private volatile TokenUse used = TokenUse.NONE;
    private volatile Phases phases; // null until the first sequence has ended
    private volatile long firstTokenNanos;
    private volatile boolean hasFirstToken;
    private volatile boolean isStream;
    private volatile boolean hasFailed;
    private volatile String user; // null unless the request names one

    private RequestScope(List<Admission> admissions) {
        this.admissions = List.copyOf(admissions);
    }

    /**
     * Opens a scope around the rest of the chain and ends it behind.
     *
     * @param admissions what a request has to pass when its model is known, in this order
     */
    public static void around(
            List<Admission> admissions,
            FilterChain chain,
            RoutingRequest request,
            RoutingResponse response) {
        RequestScope scope = new RequestScope(admissions);
        request.context().register(RequestScope.class, scope);
        response.beforeSend(scope::settleWhole);
        try {
            chain.proceed();
        } finally {
            scope.end();
        }
    }

    /**
     * The scope of a request.
     *
     * @throws IllegalStateException outside of {@link #around}
     */
    public static RequestScope of(ServerRequest request) {
        return find(request)
                .orElseThrow(() -> new IllegalStateException("the request has no scope"));
    }

    /** The scope of a request, unless it was refused before it had one. */
    public static Optional<RequestScope> find(ServerRequest request) {
        return request.context().get(RequestScope.class, RequestScope.class);
    }

    /** Who calls; {@link Caller#UNKNOWN} until that was asked. */
    public Caller caller() {
        return caller;
    }

    /** Says who calls. */
    public void caller(Caller value) {
        caller = value;
    }

    /** The model that answers, once it was chosen. */
    public Optional<ModelUse> model() {
        return Optional.ofNullable(model);
    }

    /**
     * Chooses the model, and lets the request pass every admission or ends it.
     *
     * @throws dev.nightjar.server.error.ApiException if the request is refused
     */
    public void enter(ModelUse use, ServerRequest request, ServerResponse response) {
        model = use;
        admissions.forEach(admission -> admission.admit(use, request, response));
    }

    /** Says that another model answers than was chosen first, for which it was admitted. */
    public void answeredBy(ModelUse use) {
        model = use;
    }

    /** Whom the request names as its user, if it does. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** Says whom the request names as its user. */
    public void user(String value) {
        user = value;
    }

    /** Says that the request was not answered well, whatever its answer began with. */
    public void fail() {
        hasFailed = true;
    }

    /** Whether the request was not answered well. */
    public boolean hasFailed() {
        return hasFailed;
    }

    /** Tokens used so far. */
    public TokenUse used() {
        return used;
    }

    /** Counts more tokens as used. */
    public synchronized void use(TokenUse more) {
        used = used.plus(more);
    }

    /** When the first generated token was there, by {@link System#nanoTime}. */
    public OptionalLong firstTokenNanos() {
        return hasFirstToken ? OptionalLong.of(firstTokenNanos) : OptionalLong.empty();
    }

    /** Notes that a token was generated; only the first call matters. */
    public synchronized void noteToken() {
        if (!hasFirstToken) {
            firstTokenNanos = System.nanoTime();
            hasFirstToken = true;
        }
    }

    /** Where the time of the first sequence went, once it has ended. */
    public Optional<Phases> phases() {
        return Optional.ofNullable(phases);
    }

    /** Notes where the time of the first sequence went. */
    public void note(Phases value) {
        phases = value;
    }

    /**
     * Says that the answer leaves while it is computed, so that the beginning of it is not yet the
     * time to {@link #settle}.
     */
    public void stream() {
        isStream = true;
    }

    /**
     * Has something done when all that the request uses was counted: before the last bytes of the
     * answer leave, so that a client that has its answer finds given back what it took, and at the
     * latest when the request is over. The last one goes first.
     */
    public synchronized void onSettled(Runnable action) {
        settlements.push(action);
    }

    /** Says that nothing more will be used; only the first call matters. */
    public void settle() {
        runAll(settlements);
    }

    private void settleWhole() {
        if (!isStream) {
            settle();
        }
    }

    /** Has something done when the request is over, however it ends; the last one goes first. */
    public synchronized void onEnd(Runnable action) {
        ends.push(action);
    }

    private void end() {
        settle();
        runAll(ends);
    }

    private void runAll(Deque<Runnable> actions) {
        Runnable action;
        while ((action = next(actions)) != null) {
            try {
                action.run();
            } catch (RuntimeException failed) {
                LOG.log(System.Logger.Level.ERROR, "the end of a request failed", failed);
            }
        }
    }

    private synchronized Runnable next(Deque<Runnable> actions) {
        return actions.poll();
    }
}
