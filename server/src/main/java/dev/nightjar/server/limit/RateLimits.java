package dev.nightjar.server.limit;

import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.gate.Admission;
import dev.nightjar.server.gate.ModelUse;
import dev.nightjar.server.gate.RequestScope;
import dev.nightjar.server.limit.count.DayTokens;
import dev.nightjar.server.limit.count.Decision;
import dev.nightjar.server.limit.count.LimitKind;
import dev.nightjar.server.limit.count.Limiter;
import dev.nightjar.server.limit.count.LimiterUnavailableException;
import dev.nightjar.server.limit.count.LocalLimiter;
import dev.nightjar.server.limit.count.RedisLimiter;
import dev.nightjar.server.limit.count.RedisStore;
import dev.nightjar.server.observe.metric.Counter;
import dev.nightjar.server.observe.metric.Family;
import dev.nightjar.server.observe.metric.Label;
import dev.nightjar.server.observe.metric.MetricRegistry;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds callers to the limits of their tier: a request for a model passes when the limits have room
 * for it, and what it took is given back, and what it used is charged, when nothing more will be
 * used. Each answer to a limited caller says what is left.
 */
public final class RateLimits implements Admission, Filter, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(RateLimits.class.getName());
    private static final long NANOS_BETWEEN_WARNINGS = 60_000_000_000L;

    private final LimitConfig config;
    private final Limiter limiter;
    private final LimitedCallers callers;
    private final Family<Counter> refusals;
    private final Counter failures;
    private final AtomicLong lastWarning =
            new AtomicLong(System.nanoTime() - NANOS_BETWEEN_WARNINGS);

    /**
     * As configured.
     *
     * @param recorded where the count of a day begins
     */
    public RateLimits(LimitConfig config, DayTokens recorded, MetricRegistry metrics) {
        this.config = config;
        this.limiter = limiter(config, recorded);
        this.callers = new LimitedCallers(config);
        String[] kinds =
                Arrays.stream(LimitKind.values()).map(LimitKind::key).toArray(String[]::new);
        this.refusals =
                metrics.counters(
                        "nightjar_limits_refused_total",
                        "Requests refused by a limit",
                        Label.oneOf("limit", kinds));
        this.failures =
                metrics.counter(
                        "nightjar_limits_store_failures_total",
                        "Decisions that the store of the limits did not answer");
    }

    private static Limiter limiter(LimitConfig config, DayTokens recorded) {
        return config.store()
                .<Limiter>map(url -> new RedisLimiter(RedisStore.connect(url), recorded))
                .orElseGet(() -> new LocalLimiter(config.maxCallers(), recorded));
    }

    @Override
    public void admit(ModelUse use, ServerRequest request, ServerResponse response) {
        RequestScope scope = RequestScope.of(request);
        callers.of(scope.caller(), request).ifPresent(caller -> decide(caller, scope));
    }

    /** Answers that need no model tell what the last call that needed one left. */
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        callers.of(RequestScope.of(request).caller(), request)
                .ifPresent(caller -> response.beforeSend(() -> tell(caller, response)));
        chain.proceed();
    }

    /** The limits of each tier. */
    LimitConfig config() {
        return config;
    }

    /** What callers have left now, those of late first; of each what is known while that fails. */
    List<LimitedCallers.Seen> standings(int most) {
        return callers.latest(most).stream().map(this::now).toList();
    }

    @Override
    public void close() {
        limiter.close();
    }

    private void decide(LimitedCaller caller, RequestScope scope) {
        try {
            Decision decision = limiter.admit(caller.id(), caller.limits());
            callers.note(caller, decision.standing());
            switch (decision) {
                case Decision.Admitted admitted ->
                        scope.onSettled(() -> end(caller, admitted.lease(), scope));
                case Decision.Refused refused -> {
                    refusals.of(refused.kind().key()).increment();
                    throw RateLimitHeaders.refusal(refused, caller.tier()).asException();
                }
            }
        } catch (LimiterUnavailableException unavailable) {
            warn(unavailable);
            if (config.onFailure() == LimitConfig.OnFailure.CLOSED) {
                throw cannotCount().asException();
            }
        }
    }

    private void end(LimitedCaller caller, Limiter.Lease lease, RequestScope scope) {
        try {
            callers.note(caller, limiter.end(lease, scope.used().total()));
        } catch (LimiterUnavailableException unavailable) {
            warn(unavailable);
        }
    }

    /** Never waits: a store that hangs must not hold up an answer that does not need it. */
    private void tell(LimitedCaller caller, ServerResponse response) {
        switch (limiter) {
            case LocalLimiter local ->
                    RateLimitHeaders.write(local.standing(caller.id(), caller.limits()), response);
            case RedisLimiter shared ->
                    callers.last(caller).ifPresent(left -> RateLimitHeaders.write(left, response));
        }
    }

    private LimitedCallers.Seen now(LimitedCallers.Seen seen) {
        LimitedCaller caller = seen.caller();
        try {
            return new LimitedCallers.Seen(caller, limiter.standing(caller.id(), caller.limits()));
        } catch (LimiterUnavailableException unavailable) {
            warn(unavailable);
            return seen;
        }
    }

    private static ApiError cannotCount() {
        return ApiError.serverError(
                        503, "the store that counts the limits does not answer; try again later")
                .withCode("rate_limiter_unavailable")
                .withHeader("Retry-After", "1");
    }

    /** Once a minute, not once a request. */
    private void warn(LimiterUnavailableException unavailable) {
        failures.increment();
        long now = System.nanoTime();
        long last = lastWarning.get();
        if (now - last >= NANOS_BETWEEN_WARNINGS && lastWarning.compareAndSet(last, now)) {
            LOG.log(System.Logger.Level.WARNING, unavailable.getMessage());
        }
    }
}
