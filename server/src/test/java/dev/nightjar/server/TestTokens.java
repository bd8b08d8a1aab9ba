package dev.nightjar.server;

import dev.nightjar.server.auth.IssuedToken;
import dev.nightjar.server.auth.NewToken;
import dev.nightjar.server.auth.Tokens;
import dev.nightjar.server.store.Store;
import dev.nightjar.server.store.StoreConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens in a data folder, made before a server opens it. */
final class TestTokens implements AutoCloseable {

    private final Store store;
    private final Tokens tokens;

    TestTokens(Path folder) {
        store = Store.of(StoreConfig.in(folder));
        tokens = new Tokens(store);
    }

    static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    String admin() {
        return issue(true, Optional.empty(), Optional.empty(), Optional.empty()).text();
    }

    /** For all models and tasks. */
    String plain() {
        return issue(false, Optional.empty(), Optional.empty(), Optional.empty()).text();
    }

    String ofModels(String... models) {
        return issue(false, Optional.of(List.of(models)), Optional.empty(), Optional.empty())
                .text();
    }

    String ofTasks(String... tasks) {
        return issue(false, Optional.empty(), Optional.of(List.of(tasks)), Optional.empty()).text();
    }

    /** For all models and tasks, with the limits and the class of a tier. */
    String ofTier(String tier) {
        return tokens.issue(
                        new NewToken(
                                tier,
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                tier,
                                Optional.empty()))
                .text();
    }

    /** Whatever it could do, it can no more. */
    String expired() {
        return until(Instant.now().minusSeconds(1));
    }

    String until(Instant end) {
        return issue(true, Optional.empty(), Optional.empty(), Optional.of(end)).text();
    }

    /** Whatever it could do, it can no more. */
    String revoked() {
        IssuedToken token = issue(true, Optional.empty(), Optional.empty(), Optional.empty());
        tokens.revoke(token.stored().id());
        return token.text();
    }

    private IssuedToken issue(
            boolean isAdmin,
            Optional<List<String>> models,
            Optional<List<String>> tasks,
            Optional<Instant> end) {
        return tokens.issue(new NewToken("test", isAdmin, models, tasks, "default", end));
    }

    @Override
    public void close() {
        store.close();
    }
}
