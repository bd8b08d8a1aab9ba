package dev.nightjar.server.admin;

import dev.nightjar.server.auth.Auth;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.route.Route;
import dev.nightjar.server.store.Store;
import dev.nightjar.server.store.UsageTable;
import java.util.List;
import java.util.stream.Stream;

/** All routes about who may do what, and what is kept of whom. */
public final class AccessRoutes {

    private final Auth auth;
    private final Store store;
    private final ModelCatalog models;
    private final Runnable flushUsage;

    /**
     * Of a server.
     *
     * @param flushUsage writes down what was used and is not in the store yet
     */
    public AccessRoutes(Auth auth, Store store, ModelCatalog models, Runnable flushUsage) {
        this.auth = auth;
        this.store = store;
        this.models = models;
        this.flushUsage = flushUsage;
    }

    /** The routes. They come before those that take any model's id. */
    public List<Route> all() {
        return Stream.of(
                        new CallerRoutes(auth::isAsking).all(),
                        new TokenAdminRoutes(auth.tokens(), models).all(),
                        new AuditAdminRoutes(auth.audit()).all(),
                        new DataAdminRoutes(new UsageTable(store), flushUsage).all())
                .flatMap(List::stream)
                .toList();
    }
}
