package dev.nightjar.bench.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Predicate;

/**
 * Answers of the admin API with everything in them that a page can show: states that a test server
 * is rarely in, and two weeks of usage. For pictures alone.
 */
final class FakeAdmin {

    private static final String TOKENS =
            """
            {"tokens": [
              {"id": "t1", "name": "mobile-app", "prefix": "nj_8fK2", "created_at": "2026-11-02T08:00:00Z",
               "expires_at": "2100-01-31T08:00:00Z", "last_used_at": "2026-11-30T08:00:00Z",
               "revoked_at": null, "state": "active", "models": ["nightjar-demo"],
               "tasks": ["text-generation"], "admin": false, "tier": "standard"},
              {"id": "t2", "name": "operations", "prefix": "nj_Zq91", "created_at": "2026-10-12T08:00:00Z",
               "expires_at": null, "last_used_at": null, "revoked_at": null, "state": "active",
               "models": null, "tasks": null, "admin": true, "tier": "default"},
              {"id": "t3", "name": "old-notebook", "prefix": "nj_mN07", "created_at": "2026-06-02T08:00:00Z",
               "expires_at": "2026-09-02T08:00:00Z", "last_used_at": "2026-08-30T08:00:00Z",
               "revoked_at": null, "state": "expired", "models": null, "tasks": ["embedding"],
               "admin": false, "tier": "default"},
              {"id": "t4", "name": "leaked", "prefix": "nj_c4Rt", "created_at": "2026-09-02T08:00:00Z",
               "expires_at": null, "last_used_at": "2026-11-20T08:00:00Z",
               "revoked_at": "2026-11-21T08:00:00Z", "state": "revoked", "models": null, "tasks": null,
               "admin": false, "tier": "default"}]}
            """;

    private static final String DEMO =
            """
            {"id": "nightjar-demo", "task": "text-generation", "state": "ready",
             "aliases": ["bluefly-text-1"], "channels": {"stable": 1, "latest": 2}, "pinned": true,
             "limits": {"max_input": 4096, "max_output": 4096, "context": 8192}, "versions": [
              {"version": "nightjar-demo-v1", "number": 1, "state": "ready", "source": "/models/demo.gguf",
               "architecture": "llama", "quantization": "Q8_0", "memory_bytes": 432013312,
               "loaded_at": "2026-11-30T08:00:00Z", "last_used_at": "2026-11-30T08:30:00Z",
               "in_flight": 3, "replicas": 2, "error": null},
              {"version": "nightjar-demo-v2", "number": 2, "state": "unloaded",
               "source": "/models/demo2.gguf", "architecture": "llama", "quantization": "Q8_0",
               "memory_bytes": 0, "loaded_at": null, "last_used_at": null, "in_flight": 0,
               "replicas": 0, "error": null}]}
            """;

    private static final String FAILED =
            """
            {"id": "somebody/a-model-with-a-rather-long-name-that-wraps", "task": "text-generation",
             "state": "failed", "aliases": [], "channels": {}, "pinned": false, "limits": {}, "versions": [
              {"version": "somebody/a-model", "number": 1, "state": "failed", "source": "/models/a.gguf",
               "architecture": null, "quantization": null, "memory_bytes": 0, "loaded_at": null,
               "last_used_at": null, "in_flight": 0, "replicas": 0,
               "error": "tensor blk.3.attn_q.weight has 4096 elements, expected 2048"}]}
            """;

    private static final String LOADING =
            """
            {"id": "qwen2.5-3b-instruct", "task": "text-generation", "state": "loading", "aliases": [],
             "channels": {}, "pinned": false, "limits": {"context": 32768}, "versions": [
              {"version": "qwen2.5-3b-instruct", "number": 1, "state": "loading",
               "source": "/models/qwen", "architecture": "qwen2", "quantization": "Q4_K_M",
               "memory_bytes": 1887436800, "loaded_at": null, "last_used_at": null, "in_flight": 0,
               "replicas": 1, "error": null}]}
            """;

    private static final String MODELS =
            "{\"models\": [%s, %s, %s], \"memory\": %s}"
                    .formatted(
                            DEMO,
                            LOADING,
                            FAILED,
                            "{\"budget_bytes\": 4294967296, \"used_bytes\": 2319450112}");

    private static final String LIMITS =
            """
            {"tiers": [
              {"name": "default", "requests_per_minute": null, "tokens_per_minute": null},
              {"name": "standard", "requests_per_minute": 60, "tokens_per_minute": 40000}],
             "callers": [{"name": "mobile-app", "tier": "standard", "requests": 12, "tokens": 3200}]}
            """;

    private static final String AUDIT =
            """
            {"events": [
              {"at": "2026-11-30T08:00:00Z", "actor": "operations", "action": "token.create",
               "target": "mobile-app", "outcome": "ok", "request_id": "req_1", "remote": "10.0.0.7"},
              {"at": "2026-11-30T07:00:00Z", "actor": "operations", "action": "model.unload",
               "target": "nightjar-demo", "outcome": "refused", "request_id": "req_2",
               "remote": "10.0.0.7"}]}
            """;

    private static final String WHO =
            "{\"authenticated\": false, \"name\": \"anybody\", \"admin\": true, \"models\": null,"
                    + " \"tasks\": null, \"tier\": \"default\", \"open\": true}";

    private static final int DAYS = 14;

    private FakeAdmin() {}

    /** Answers in the server's place from now on. */
    static void install(Page page) {
        Map.of(
                        "/admin/models", MODELS,
                        "/admin/models/nightjar-demo", DEMO,
                        "/admin/models/nightjar-demo/tokens", TOKENS,
                        "/admin/tokens", TOKENS,
                        "/admin/limits", LIMITS,
                        "/admin/audit", AUDIT,
                        "/admin/whoami", WHO,
                        "/admin/usage", usage())
                .forEach((path, json) -> page.route(is(path), route -> answer(route, json)));
    }

    private static Predicate<String> is(String path) {
        return url -> URI.create(url).getPath().equals(path);
    }

    private static void answer(Route route, String json) {
        route.fulfill(new Route.FulfillOptions().setContentType("application/json").setBody(json));
    }

    private static String usage() {
        StringJoiner rows = new StringJoiner(",", "{\"rows\": [", "]}");
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        for (int day = 0; day < DAYS; day++) {
            for (String name : List.of("mobile-app", "operations")) {
                int requests = 40 + 31 * ((day * 7 + name.length()) % 9);
                rows.add(
                        """
                        {"day": "%s", "token_id": "%s", "token_name": "%s", "model": "%s",
                         "requests": %d, "errors": %d, "prompt_tokens": %d,
                         "completion_tokens": %d, "cached_tokens": %d}
                        """
                                .formatted(
                                        today.minusDays(day),
                                        name,
                                        name,
                                        day % 3 == 0 ? "nightjar-demo-embed" : "nightjar-demo",
                                        requests,
                                        day % 4,
                                        requests * 87,
                                        requests * 140,
                                        requests * 30));
            }
        }
        return rows.toString();
    }
}
