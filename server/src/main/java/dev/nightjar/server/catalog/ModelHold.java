package dev.nightjar.server.catalog;

import dev.nightjar.engine.lifecycle.ModelInstance;
import dev.nightjar.engine.lifecycle.ModelLease;
import dev.nightjar.engine.lifecycle.ModelManager;
import dev.nightjar.engine.request.EngineClosedException;
import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.RequestScope;

/**
 * The model that a request holds: lent when it is first needed, given back when the request ends,
 * the same one all the time.
 */
final class ModelHold {

    private final ModelManager manager;
    private final String name;
    private final RequestScope scope;
    private ModelLease lease; // null until it is needed

    ModelHold(ModelManager manager, String name, RequestScope scope) {
        this.manager = manager;
        this.name = name;
        this.scope = scope;
    }

    Caller caller() {
        return scope.caller();
    }

    /**
     * The model; waits while it is being loaded.
     *
     * @throws dev.nightjar.engine.lifecycle.ModelNotReadyException if it cannot be had now
     */
    synchronized ModelInstance model() {
        if (lease == null) {
            try {
                lease = manager.acquire(name);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new EngineClosedException();
            }
            scope.onEnd(lease::close);
        }
        return lease.model();
    }
}
