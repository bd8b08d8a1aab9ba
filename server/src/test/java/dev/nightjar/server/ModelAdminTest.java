package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.fleet.FleetConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators do with models over HTTP. */
final class ModelAdminTest {

    @TempDir private Path folder;

    private Path allowed;
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        allowed = Files.createDirectories(folder.resolve("models"));
        Files.copy(TestModels.demo(), allowed.resolve("other.gguf"));
        FleetConfig usual = FleetConfig.defaults();
        server =
                new TestServer(
                        Engine.builder().demoModel().open(),
                        ServerOptions.defaults()
                                .withFleet(
                                        new FleetConfig(
                                                usual.manager(), Map.of(), List.of(allowed))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpReply send(String method, String path, String json) {
        return HttpReply.of(server.port(), method, path, json);
    }

    private Json admin(String method, String path, String json) {
        HttpReply reply = send(method, path, json);
        assertEquals(200, reply.status(), () -> path + ": " + reply.body());
        return reply.json();
    }

    private HttpReply complete(String model) {
        return send(
                "POST",
                "/v1/completions",
                "{\"model\":\"%s\",\"prompt\":\"Once\",\"max_tokens\":2}".formatted(model));
    }

    /** B5. */
    @Test
    void b5_unloadAndLoad() {
        Json ready = admin("GET", "/admin/models/nightjar-demo", null);
        assertEquals("ready", ready.at("state").text());
        assertEquals("llama", ready.at("versions.0.architecture").text());
        Json unloaded = admin("POST", "/admin/models/nightjar-demo/unload", null);
        assertEquals("unloaded", unloaded.at("state").text());
        HttpReply refused = complete("nightjar-demo");
        assertEquals(503, refused.status());
        assertEquals("model_not_loaded", refused.json().at("error.code").text());
        assertTrue(refused.header("Retry-After").isPresent());
        assertTrue(send("GET", "/health", null).body().contains("\"unloaded\""));
        assertEquals(200, send("GET", "/v1/models", null).status(), "listing loads nothing");
        assertEquals(
                "unloaded", admin("GET", "/admin/models/nightjar-demo", null).at("state").text());
        admin("POST", "/admin/models/nightjar-demo/load", null);
        assertEquals(
                "ready", admin("GET", "/api/v1/models/nightjar-demo", null).at("status").text());
        assertEquals(200, complete("nightjar-demo").status());
        admin("POST", "/admin/models/nightjar-demo/reload", null);
        assertEquals(200, complete("nightjar-demo").status());
    }

    @Test
    void b5_addAndRemove() {
        String path = allowed.resolve("other.gguf").toString();
        admin(
                "POST",
                "/admin/models",
                "{\"id\":\"mine\",\"version\":1,\"path\":\"%s\",\"max_output\":5}".formatted(path));
        assertEquals("mine-v1", complete("mine").header("X-Model-Version").orElse(""));
        admin(
                "POST",
                "/admin/models",
                "{\"id\":\"mine\",\"version\":2,\"load\":\"lazy\",\"path\":\"%s\"}"
                        .formatted(path));
        assertEquals("mine-v1", complete("mine").header("X-Model-Version").orElse(""));
        assertEquals("mine-v2", complete("mine-latest").header("X-Model-Version").orElse(""));
        admin("PUT", "/admin/models/mine/channels", "{\"stable\":2}");
        assertEquals("mine-v2", complete("mine").header("X-Model-Version").orElse(""));
        assertEquals(409, send("PUT", "/admin/models/mine/channels", "{\"stable\":7}").status());
        assertEquals(
                409,
                send(
                                "POST",
                                "/admin/models",
                                "{\"id\":\"nightjar-demo\",\"path\":\"%s\"}".formatted(path))
                        .status());
        admin("DELETE", "/admin/models/mine", null);
        assertEquals(404, complete("mine").status());
        assertEquals(200, complete("nightjar-demo").status());
    }

    /** Nobody reads files through the server. */
    @Test
    void pathsElsewhereAreRefused() throws IOException {
        Path elsewhere = Files.copy(TestModels.demo(), folder.resolve("secret.gguf"));
        Path link = Files.createSymbolicLink(allowed.resolve("link.gguf"), elsewhere);
        for (String path :
                List.of(
                        elsewhere.toString(),
                        link.toString(),
                        allowed + "/../secret.gguf",
                        "/etc/passwd",
                        "/no/such/file")) {
            HttpReply reply =
                    send("POST", "/admin/models", "{\"id\":\"x\",\"path\":\"%s\"}".formatted(path));
            assertEquals(403, reply.status(), path);
            assertEquals("model_path_refused", reply.json().at("error.code").text());
            assertTrue(reply.body().contains("engine.model_folders"), reply.body());
        }
        Files.writeString(allowed.resolve("text.gguf"), "no model");
        HttpReply broken =
                send(
                        "POST",
                        "/admin/models",
                        "{\"id\":\"x\",\"path\":\"%s\"}".formatted(allowed.resolve("text.gguf")));
        assertEquals(422, broken.status(), broken.body());
        assertEquals(404, complete("x").status());
    }

    @Test
    void b5_aliasesOfPeers() {
        assertTrue(send("GET", "/api/ps", null).body().contains("\"nightjar-demo\""));
        String body = "{\"model\":\"nightjar-demo\"}";
        assertTrue(admin("POST", "/models/unload", body).has("success"));
        TestServer.await(
                "it is unloaded",
                () -> !send("GET", "/api/ps", null).body().contains("\"nightjar-demo\""));
        admin("POST", "/models/load", body);
        assertEquals(200, complete("nightjar-demo").status());
    }

    /** B42. */
    @Test
    void b42_devices() {
        Json devices = admin("GET", "/admin/devices", null);
        assertEquals("cpu", devices.at("devices.0.id").text());
        assertEquals("cpu", devices.at("devices.0.kind").text());
        Optional<String> refusal = Backends.devices().getFirst().refusal();
        if (refusal.isPresent()) { // not on a machine with a GPU
            assertEquals("cuda", devices.at("unavailable.0.kind").text());
            assertEquals(refusal.get(), devices.at("unavailable.0.reason").text());
        }
    }

    @Test
    void pinsShow() {
        admin("POST", "/admin/models/nightjar-demo/pin", null);
        assertTrue(send("GET", "/admin/models", null).body().contains("\"pinned\":true"));
        admin("POST", "/admin/models/nightjar-demo/unpin", null);
        assertFalse(send("GET", "/admin/models", null).body().contains("\"pinned\":true"));
    }
}
