package dev.nightjar.server.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.EngineHold;
import dev.nightjar.server.HttpReply;
import dev.nightjar.server.ServerOptions;
import dev.nightjar.server.TestServer;
import dev.nightjar.server.observe.health.HealthChecks;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What probes are told, and why. */
@SuppressWarnings("try") // what holds the engine is only opened and closed
final class HealthTest {

    @Test
    void anEngineThatIsStuckIsNotReadyUntilItGoesOn() {
        ObserveConfig observe = ObserveConfig.defaults().withStuckAfter(Duration.ofMillis(30));
        ServerOptions options = ServerOptions.defaults().withObserve(observe);
        try (TestServer server = TestServer.start(LoadOptions.defaults(), options)) {
            assertEquals(0, server.get("/health").json().at("problems").size());
            try (EngineHold hold = new EngineHold(server.model())) {
                TestServer.await("it is told", () -> server.get("/health/ready").status() == 503);
                HttpReply health = server.get("/health");
                assertEquals(503, health.status());
                assertEquals("unhealthy", health.json().at("status").text());
                assertEquals("engine", health.json().at("problems.0.check").text());
                assertTrue(health.json().at("problems.0.reason").text().contains("stuck"));
                HttpReply ready = server.get("/health/ready");
                assertEquals("{\"status\":\"unhealthy\"}", ready.body());
                assertEquals(200, server.get("/health/live").status());
            }
            TestServer.await("it goes on", () -> server.get("/health/ready").status() == 200);
        }
    }

    @Test
    void checksAreAskedEachTime() {
        HealthChecks checks = new HealthChecks();
        boolean[] isDown = {false};
        checks.add("database", () -> isDown[0] ? Optional.of("no answer") : Optional.empty());
        assertEquals(List.of(), checks.problems());
        isDown[0] = true;
        assertEquals(List.of(new HealthChecks.Problem("database", "no answer")), checks.problems());
        assertThrows(IllegalArgumentException.class, () -> checks.add("database", Optional::empty));
    }

    /** What an exception says may hold a secret, such as the URL of a database. */
    @Test
    void aCheckThatFailsIsAProblemWithoutItsMessage() {
        HealthChecks checks = new HealthChecks();
        checks.add(
                "broken",
                () -> {
                    throw new IllegalStateException("jdbc:secret");
                });
        String reason = checks.problems().getFirst().reason();
        assertTrue(reason.contains("IllegalStateException"), reason);
        assertFalse(reason.contains("secret"), reason);
    }
}
