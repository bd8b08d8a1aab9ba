package dev.nightjar.server.auth;

import dev.nightjar.server.gate.Admission;
import dev.nightjar.server.store.Store;
import dev.nightjar.server.store.StoreException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import java.util.function.Predicate;

/** Everything that a server needs to know who calls, over one store. */
public final class Auth implements AutoCloseable {

    private final Store store;
    private final AuthConfig config;
    private final Tokens tokens;
    private final AuditLog audit;
    private final Authenticator authenticator;
    private final Upkeep upkeep;

    /**
     * Over a store that need not be open.
     *
     * @throws dev.nightjar.server.yaml.ConfigException if the keys of JSON web tokens cannot be
     *     used
     */
    public Auth(Store store, AuthConfig config) {
        this.store = store;
        this.config = config;
        this.tokens = new Tokens(store);
        this.audit = new AuditLog(store);
        this.authenticator = new Authenticator(tokens, config.jwt().map(JwtVerifier::new));
        this.upkeep = new Upkeep(store, tokens, audit);
        store.whenOpen(upkeep::start);
    }

    /**
     * Opens the store if it is needed, so that what is wrong with it is told now, and not to the
     * first client.
     *
     * @throws StoreException if it cannot be opened
     */
    public void openStore() {
        if (config.asking() == AuthConfig.Asking.ALWAYS && store.config().isPresent()) {
            store.database();
        } else {
            store.existing();
        }
    }

    /** The access tokens. */
    public Tokens tokens() {
        return tokens;
    }

    /** The audit log. */
    public AuditLog audit() {
        return audit;
    }

    /**
     * Whether everybody is asked who calls.
     *
     * @throws StoreException if that cannot be found out
     */
    public boolean isAsking() {
        return config.asking() == AuthConfig.Asking.ALWAYS || tokens.haveExisted();
    }

    /** Whether addresses of other machines may be listened on. */
    public boolean mayBeReached() {
        return config.asking() == AuthConfig.Asking.WITH_TOKENS_FROM_ANYWHERE || isAsking();
    }

    /** A token by which this process can call itself. */
    public String selfToken() {
        return authenticator.selfToken();
    }

    /**
     * Guards all routes.
     *
     * @param isPublic whether a request may pass without saying who sends it
     */
    public void guard(HttpRouting.Builder routing, Predicate<RoutingRequest> isPublic) {
        AuthFilter filter = new AuthFilter(config, tokens, authenticator, audit, isPublic);
        routing.addFilter(new AuditFilter(audit)::filter).addFilter(filter::filter);
    }

    /** Asks whether a caller may use the model that it chose. */
    public Admission modelPermission() {
        return new ModelPermission();
    }

    /** Writes down what was gathered. The store must still be open. */
    @Override
    public void close() {
        upkeep.close();
    }
}
