package dev.nightjar.server.admin;

import dev.nightjar.server.auth.Auth;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.route.Route;
import dev.nightjar.server.usage.UsageLedger;
import java.util.List;
import java.util.stream.Stream;

/** All routes about who may do what, and what is kept of whom. */
public final class AccessRoutes {

    private final Auth auth;
    private final UsageLedger usage;
    private final ModelCatalog models;

    /** Of a server. */
    public AccessRoutes(Auth auth, UsageLedger usage, ModelCatalog models) {
        this.auth = auth;
        this.usage = usage;
        this.models = models;
    }

    /** The routes. They come before those that take any model's id. */
    public List<Route> all() {
        return Stream.of(
                        new CallerRoutes(auth::isAsking).all(),
                        new TokenAdminRoutes(auth.tokens(), models).all(),
                        new AuditAdminRoutes(auth.audit()).all(),
                        new DataAdminRoutes(usage).all())
                .flatMap(List::stream)
                .toList();
    }
}
