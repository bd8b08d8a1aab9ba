package dev.nightjar.server.usage;

import dev.nightjar.server.gate.Admission;
import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.ModelUse;
import dev.nightjar.server.gate.RequestScope;
import dev.nightjar.server.gate.TokenUse;
import dev.nightjar.server.store.UsageRow;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * Records each request for a model: once when all that it uses was counted, and its error if it
 * failed.
 */
public final class UsageRecorder implements Admission, Filter {

    private static final int FIRST_ERROR = 400;

    private final UsageLedger ledger;

    /** Recording here. */
    public UsageRecorder(UsageLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void admit(ModelUse use, ServerRequest request, ServerResponse response) {
        RequestScope scope = RequestScope.of(request);
        scope.onSettled(
                () -> {
                    int errors = response.status().code() >= FIRST_ERROR ? 1 : 0;
                    ledger.add(row(scope, use, 1, errors, scope.used()));
                });
    }

    /** A stream that fails has begun with a good status. */
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        RequestScope scope = RequestScope.of(request);
        try {
            chain.proceed();
        } finally {
            if (scope.hasFailed()) {
                scope.model().ifPresent(use -> ledger.add(row(scope, use, 0, 1, TokenUse.NONE)));
            }
        }
    }

    private UsageRow row(
            RequestScope scope, ModelUse use, int requests, int errors, TokenUse used) {
        Caller caller = scope.caller();
        return new UsageRow(
                ledger.today(),
                caller.id(),
                caller.name(),
                use.name(),
                scope.user().orElse(""),
                requests,
                errors,
                used.prompt(),
                used.completion(),
                used.cached());
    }
}
