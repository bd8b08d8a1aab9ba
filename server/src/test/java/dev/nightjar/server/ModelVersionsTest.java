package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.lifecycle.ManagerConfig;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.synthetic.ModelShape;
import dev.nightjar.engine.synthetic.ModelSynthesizer;
import dev.nightjar.engine.synthetic.SyntheticSpec;
import dev.nightjar.engine.synthetic.SyntheticVocabulary;
import dev.nightjar.server.config.NightjarConfig;
import dev.nightjar.server.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that come, go and change places while requests run. */
final class ModelVersionsTest {

    private static final String PROMPT = "the story of a fox";
    private static final int TOKENS = 24;

    @TempDir private Path folder;

    private Path tiny(int seed) throws IOException {
        Path file = folder.resolve("tiny-" + seed + ".gguf");
        new ModelSynthesizer(SyntheticSpec.parse("tiny:q8_0"), seed)
                .write(file, SyntheticVocabulary.plain(ModelShape.TINY), written -> {});
        return file;
    }

    private TestServer serve(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("nightjar.yaml"), yaml);
        NightjarConfig config = NightjarConfig.of(YamlFile.read(file, NightjarConfig.KEYS));
        Engine.Builder builder = Engine.builder().manager(config.engine().manager());
        config.models()
                .models()
                .forEach(
                        model -> model.specs().apply(LoadOptions.defaults()).forEach(builder::add));
        return new TestServer(
                builder.open(),
                ServerOptions.defaults().withCatalog(config.models()).withFleet(config.engine()));
    }

    private static HttpReply complete(TestServer server, String model) {
        return server.post(
                "/v1/completions",
                ("{\"model\":\"%s\",\"prompt\":\"%s\",\"max_tokens\":%d,\"seed\":7,"
                                + "\"ignore_eos\":true,\"stream\":true}")
                        .formatted(model, PROMPT, TOKENS));
    }

    private static String text(HttpReply reply) {
        StringBuilder text = new StringBuilder();
        reply.events().forEach(event -> text.append(event.at("choices.0.text").text()));
        return text.toString();
    }

    private static HttpReply admin(TestServer server, String method, String path, String json) {
        HttpReply reply = HttpReply.of(server.port(), method, "/admin" + path, json);
        assertEquals(200, reply.status(), () -> method + " " + path + ": " + reply.body());
        return reply;
    }

    private String twoVersions() throws IOException {
        return """
        models:
          - id: m
            versions:
              - {number: 1, path: "%s"}
              - {number: 2, path: "%s"}
            channels: {stable: 1}
            aliases: [gpt-4o]
            description: Made up
        """
                .formatted(tiny(1), tiny(2));
    }

    /** B32, X11. */
    @Test
    void b32_idsWithVersions() throws Exception {
        try (TestServer server = serve(twoVersions())) {
            Map<String, String> meant =
                    Map.of(
                            "m", "m-v1",
                            "m-v2", "m-v2",
                            "m-latest", "m-v2",
                            "m-stable", "m-v1",
                            "m-legacy", "m-v1",
                            "m:v2", "m-v2",
                            "m:2", "m-v2",
                            "m:latest", "m-v2",
                            "gpt-4o", "m-v1");
            meant.forEach(
                    (id, version) -> {
                        HttpReply reply = complete(server, id);
                        assertEquals(200, reply.status(), reply.body());
                        assertEquals(version, reply.header("X-Model-Version").orElse(""), id);
                    });
            assertEquals(404, complete(server, "m-v99").status());
            assertEquals(404, complete(server, "m:v99").status());
            assertNotEquals(text(complete(server, "m-v1")), text(complete(server, "m-v2")));
            admin(server, "PUT", "/models/m/channels", "{\"stable\":2}");
            assertEquals("m-v2", complete(server, "m").header("X-Model-Version").orElse(""));
            admin(server, "PUT", "/aliases/gpt-4o", "{\"model\":\"m-v1\"}");
            assertEquals("m-v1", complete(server, "gpt-4o").header("X-Model-Version").orElse(""));
            admin(server, "DELETE", "/aliases/gpt-4o", null);
            assertEquals(404, complete(server, "gpt-4o").status());
        }
    }

    /** Must-show 4: switches and unloads under 32 streams; none fails, none mixes versions. */
    @Test
    void noRequestFailsWhileVersionsChange() throws Exception {
        changeUnderLoad(32, 12);
    }

    @Test
    @Tag("full")
    void noRequestFailsWhileVersionsChangeForLong() throws Exception {
        changeUnderLoad(32, 400);
    }

    private void changeUnderLoad(int clients, int changes) throws Exception {
        Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
        AtomicBoolean isOver = new AtomicBoolean();
        try (TestServer server = serve(twoVersions());
                ExecutorService pool = Executors.newFixedThreadPool(clients)) {
            Map<String, String> expected =
                    Map.of(
                            "m-v1", text(complete(server, "m-v1")),
                            "m-v2", text(complete(server, "m-v2")));
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(
                        pool.submit(
                                () -> {
                                    while (!isOver.get()) {
                                        check(complete(server, "m"), expected, seen);
                                    }
                                }));
            }
            try {
                for (int i = 0; i < changes; i++) {
                    change(server, i);
                }
            } finally {
                isOver.set(true);
            }
            for (Future<?> client : running) {
                client.get();
            }
        }
        assertEquals(2, seen.size(), "both versions answered");
        assertTrue(seen.values().stream().mapToInt(AtomicInteger::get).sum() >= clients);
    }

    private static void check(
            HttpReply reply, Map<String, String> expected, Map<String, AtomicInteger> seen) {
        assertEquals(200, reply.status(), reply.body());
        String version = reply.header("X-Model-Version").orElse("none");
        assertEquals(expected.get(version), text(reply), version);
        seen.computeIfAbsent(version, any -> new AtomicInteger()).incrementAndGet();
    }

    /** The other version answers from now on; the one before is unloaded, or loaded anew. */
    private static void change(TestServer server, int round) throws InterruptedException {
        int next = round % 2 == 0 ? 2 : 1;
        int before = 3 - next;
        admin(server, "POST", "/models/m-v" + next + "/load", null);
        admin(server, "PUT", "/models/m/channels", "{\"stable\":%d}".formatted(next));
        if (round % 4 < 2) {
            admin(server, "POST", "/models/m-v" + before + "/unload?wait=0", null);
        } else {
            admin(server, "POST", "/models/m-v" + next + "/reload", null);
        }
        Thread.sleep(50);
    }

    /** Must-show 4, B38: a budget of two, three used in turn. */
    @Test
    void b38_theOneUsedLongestAgoLeavesAndThePinnedStays() throws Exception {
        String models =
                """
                engine:
                  memory_budget: %d
                models:
                  - {id: a, path: "%s", load: lazy, kv_memory: 2M, pinned: true}
                  - {id: b, path: "%s", load: lazy, kv_memory: 2M}
                  - {id: c, path: "%s", load: lazy, kv_memory: 2M}
                """;
        long one = bytesOfOne();
        try (TestServer server = serve(models.formatted(one * 5 / 2, tiny(1), tiny(2), tiny(3)))) {
            for (int round = 0; round < 2; round++) {
                for (String id : List.of("a", "b", "c")) {
                    HttpReply reply = complete(server, id);
                    assertEquals(200, reply.status(), reply.body());
                    long used = used(server);
                    assertTrue(used <= one * 5 / 2, "used " + used);
                }
            }
            assertEquals("ready", state(server, "a"));
            assertEquals("unloaded", state(server, "b"));
            assertEquals("ready", state(server, "c"));
            String maps = Files.readString(Path.of("/proc/self/maps"));
            assertTrue(maps.contains("tiny-1.gguf") && maps.contains("tiny-3.gguf"));
            assertFalse(maps.contains("tiny-2.gguf"), "what left is no longer mapped");
            admin(server, "POST", "/models/c/pin", null);
            HttpReply refused = complete(server, "b");
            assertEquals(503, refused.status(), refused.body());
            assertEquals("insufficient_memory", refused.json().at("error.code").text());
            assertTrue(refused.header("Retry-After").isPresent());
        }
    }

    private long bytesOfOne() throws Exception {
        try (Engine engine =
                Engine.builder()
                        .options(LoadOptions.defaults().withKvBytes(2 << 20))
                        .manager(ManagerConfig.defaults())
                        .model(tiny(1))
                        .open()) {
            return engine.manager().usedBytes();
        }
    }

    private static long used(TestServer server) {
        return server.get("/admin/models").json().at("memory.used_bytes").integer();
    }

    private static String state(TestServer server, String id) {
        return server.get("/admin/models/" + id).json().at("state").text();
    }

    /** What was changed over HTTP is in the file's words, and a server of that file is the same. */
    @Test
    void theConfigurationCanBeTakenOver() throws Exception {
        String yaml =
                twoVersions()
                        + """
                          - id: "s\\"\u00e9"
                            path: "%s"
                            route: {max_prompt_tokens: 9, to: m}
                            load: lazy
                            keep_alive: 90s
                            kv_memory: 1M
                            replicas: {min: 1, max: 2}
                            sampling: {temperature: 0.25, top_k: 4}
                            capabilities: ["a: b", "# c"]
                        """
                                .formatted(tiny(3));
        String changed;
        try (TestServer server = serve(yaml)) {
            admin(server, "PUT", "/models/m/channels", "{\"stable\":2}");
            HttpReply alias = admin(server, "PUT", "/aliases/other", "{\"model\":\"m\"}");
            assertTrue(alias.header("X-Configuration").orElse("").contains("/admin/config"));
            admin(server, "PUT", "/aliases/old", "{\"model\":\"m-v1\"}");
            admin(server, "POST", "/models/m/pin", "");
            admin(server, "POST", "/models/m-v1/unload", "");
            HttpReply reply = admin(server, "GET", "/config", null);
            assertEquals(
                    "application/yaml; charset=utf-8", reply.header("Content-Type").orElse(""));
            changed = reply.body();
        }
        assertTrue(changed.contains("# alias \"old\" stands for \"m-v1\""), changed);
        assertTrue(changed.contains("# \"m-v1\" is unloaded now"), changed);
        assertFalse(changed.contains("bluefly"), changed);
        try (TestServer server = serve(changed)) {
            assertEquals("m-v2", complete(server, "m").header("X-Model-Version").orElse(""));
            assertEquals("m-v2", complete(server, "other").header("X-Model-Version").orElse(""));
            assertTrue(server.get("/admin/models/m").json().at("pinned").bool());
            String again = server.get("/admin/config").body();
            assertEquals(changed.replaceAll("    # .*\n", ""), again);
        }
    }

    /** B41: the rule goes by tokens of the prompt, not by the size of the body. */
    @Test
    void b41_shortPromptsGoToTheSmallerModel() throws Exception {
        String yaml =
                """
                models:
                  - {id: small, path: "%s", load: lazy, max_output: 50}
                  - {id: large, path: "%s", route: {max_prompt_tokens: 40, to: small}}
                """
                        .formatted(tiny(1), tiny(2));
        try (TestServer server = serve(yaml)) {
            int each = tokens(server, "a story ".repeat(10)) / 10;
            String fits = "a story ".repeat(30 / each);
            String longer = "a story ".repeat(1 + 50 / each);
            assertEquals("large", answering(server, longer, ""));
            assertEquals("small", answering(server, fits, ""));
            assertEquals(
                    "small",
                    answering(server, fits, ",\"user\":\"%s\"".formatted("u".repeat(200))));
            assertEquals("large", answering(server, fits, ",\"logit_bias\":{\"5\":1}"));
            assertEquals("large", answering(server, fits, ",\"max_tokens\":60,\"min_tokens\":0"));
            HttpReply generated =
                    server.post(
                            "/api/v1/models/large/generate",
                            "{\"prompt\":\"%s\",\"raw\":true,\"max_tokens\":1}".formatted(fits));
            assertEquals("small", generated.header("X-Model-Version").orElse(""));
        }
    }

    private static int tokens(TestServer server, String text) {
        HttpReply reply =
                server.post(
                        "/v1/tokenize", "{\"model\":\"small\",\"prompt\":\"%s\"}".formatted(text));
        return (int) reply.json().at("count").integer();
    }

    /** The version that answers. */
    private static String answering(TestServer server, String prompt, String members) {
        String limit = members.contains("max_tokens") ? "" : ",\"max_tokens\":1";
        HttpReply reply =
                server.post(
                        "/v1/completions",
                        "{\"model\":\"large\",\"prompt\":\"%s\"%s%s}"
                                .formatted(prompt, limit, members));
        assertEquals(200, reply.status(), reply.body());
        return reply.header("X-Model-Version").orElse("");
    }
}
