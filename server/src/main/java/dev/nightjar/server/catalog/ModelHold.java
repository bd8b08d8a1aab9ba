package dev.nightjar.server.catalog;

import dev.nightjar.engine.lifecycle.ModelInstance;
import dev.nightjar.engine.lifecycle.ModelLease;
import dev.nightjar.engine.lifecycle.ModelManager;
import dev.nightjar.engine.request.EngineClosedException;
import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.RequestScope;
import java.util.function.Consumer;

/**
 * The model that a request holds: lent when it is first needed, given back when the request ends,
 * the same one all the time.
 */
final class ModelHold {

    private final ModelManager manager;
    private final String name;
    private final RequestScope scope;
    private final Consumer<ServedModel> onRouted;
    private ModelLease lease; // null until it is needed

    /**
     * Nothing yet.
     *
     * @param onRouted is told if another model answers
     */
    ModelHold(
            ModelManager manager, String name, RequestScope scope, Consumer<ServedModel> onRouted) {
        this.manager = manager;
        this.name = name;
        this.scope = scope;
        this.onRouted = onRouted;
    }

    Caller caller() {
        return scope.caller();
    }

    /** The same request's hold of another model. */
    ModelHold of(String other) {
        return new ModelHold(manager, other, scope, onRouted);
    }

    /** Has a model answer that the client did not name. */
    void routeTo(ServedModel other) {
        onRouted.accept(other);
    }

    /** Gives back before the request ends what it turned out not to need. */
    synchronized void release() {
        if (lease != null) {
            lease.close();
        }
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
