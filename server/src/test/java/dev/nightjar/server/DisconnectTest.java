package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.request.LoadOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that leaves costs nothing from the next step on, whatever its request was doing. */
@SuppressWarnings("try") // what holds the engine is only opened and closed
final class DisconnectTest {

    /** Long enough for the end of a connection to reach the server, with the engine held. */
    private static final int NOTICE_MILLIS = 300;

    private static final String LONG_PROMPT = "Once upon a time there was a cat. ".repeat(25);

    private TestServer server;

    @BeforeEach
    void start() {
        // One token per step: a prompt is in prefill for as many steps as it has tokens.
        server =
                TestServer.start(
                        LoadOptions.defaults().withMaxBatchedTokens(1).withMaxSequences(1),
                        ServerOptions.defaults());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String request(String prompt, boolean isStreamed) {
        return "{\"model\":\"%s\",\"prompt\":\"%s\",\"max_tokens\":400,\"seed\":1,\"stream\":%s}"
                .formatted(TestModels.NAME, prompt, isStreamed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileQueued(boolean isStreamed) throws Exception {
        try (EngineHold hold = new EngineHold(server.model())) {
            RawClient client = server.connect().post("/v1/completions", request("Hi", isStreamed));
            TestServer.await("submitted", () -> server.stats().submitted() == 1);
            client.close();
            Thread.sleep(NOTICE_MILLIS);
            assertEquals(0, server.stats().aborted());
        }
        assertAbortedWithin(server.stats(), 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileWaitingBehindAnother(boolean isStreamed) throws Exception {
        RawClient first = server.connect().post("/v1/completions", request(LONG_PROMPT, true));
        TestServer.await("computing", () -> server.stats().computedTokens() > 0);
        EngineStats before;
        try (EngineHold hold = new EngineHold(server.model())) {
            RawClient second = server.connect().post("/v1/completions", request("Hi", isStreamed));
            TestServer.await("submitted", () -> server.stats().submitted() == 2);
            before = server.stats();
            second.close();
            Thread.sleep(NOTICE_MILLIS);
        }
        assertEquals(0, before.generatedTokens(), "the prompt is too short for this test");
        TestServer.await("the second has ended", () -> server.stats().aborted() == 1);
        first.close();
        TestServer.await("the first has ended too", () -> server.stats().inFlight() == 0);
        assertEquals(0, server.stats().waiting());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void duringPrefill(boolean isStreamed) throws Exception {
        RawClient client =
                server.connect().post("/v1/completions", request(LONG_PROMPT, isStreamed));
        TestServer.await("computing", () -> server.stats().computedTokens() > 0);
        EngineStats before = leaveWhileHeld(client);
        assertEquals(0, before.generatedTokens(), "the prompt is too short for this test");
        assertAbortedWithin(before, 1);
        assertEquals(0, server.stats().generatedTokens());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void duringDecode(boolean isStreamed) throws Exception {
        RawClient client =
                server.connect().post("/v1/completions", request("Once upon a time", isStreamed));
        TestServer.await("generating", () -> server.stats().generatedTokens() > 2);
        EngineStats before = leaveWhileHeld(client);
        assertEquals(1, before.running(), "the generation was over before the client left");
        assertAbortedWithin(before, 1);
        assertTrue(server.stats().generatedTokens() <= before.generatedTokens() + 1);
    }

    @Test
    void byReset() throws Exception {
        RawClient client =
                server.connect().post("/v1/completions", request("Once upon a time", false));
        TestServer.await("generating", () -> server.stats().generatedTokens() > 2);
        EngineStats before;
        try (EngineHold hold = new EngineHold(server.model())) {
            client.reset();
            Thread.sleep(NOTICE_MILLIS);
            before = server.stats();
        }
        assertAbortedWithin(before, 1);
    }

    @Test
    void freesItsBlocks() throws Exception {
        int free = server.stats().freeBlocks();
        RawClient client =
                server.connect().post("/v1/completions", request("Once upon a time", true));
        client.readUntil("data: ");
        client.close();
        TestServer.await("aborted", () -> server.stats().aborted() == 1);
        TestServer.await("all blocks are free", () -> server.stats().freeBlocks() == free);
        assertEquals(0, server.stats().running());
    }

    /** All choices of a request end, and another client's request does not. */
    @Test
    void endsItsOwnChoicesOnly() {
        RawClient other =
                server.connect().post("/v1/completions", request("Once upon a time", true));
        other.readUntil("data: ");
        RawClient client =
                server.connect()
                        .post(
                                "/v1/completions",
                                request("Hi", true).replace("\"stream\"", "\"n\":3,\"stream\""));
        TestServer.await("submitted", () -> server.stats().submitted() == 4);
        client.close();
        TestServer.await("aborted", () -> server.stats().aborted() == 3);
        other.readUntil("data: [DONE]");
        assertEquals(3, server.stats().aborted());
    }

    private EngineStats leaveWhileHeld(RawClient client) throws InterruptedException {
        try (EngineHold hold = new EngineHold(server.model())) {
            EngineStats before = server.stats();
            client.close();
            Thread.sleep(NOTICE_MILLIS);
            return before;
        }
    }

    private void assertAbortedWithin(EngineStats before, int steps) {
        TestServer.await("the sequence has ended", () -> server.stats().inFlight() == 0);
        EngineStats after = server.stats();
        assertEquals(1, after.aborted());
        assertEquals(0, after.running() + after.waiting());
        assertTrue(
                after.steps() <= before.steps() + steps,
                () -> "steps before %d, after %d".formatted(before.steps(), after.steps()));
    }
}
