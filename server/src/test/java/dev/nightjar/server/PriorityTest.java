package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.request.Priority;
import dev.nightjar.server.fleet.FleetConfig;
import dev.nightjar.server.store.StoreConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** B33: whose tier has a higher class waits less for the first token, over HTTP. */
final class PriorityTest {

    private static final int QUEUED = 12;

    @TempDir private Path folder;

    /** One sequence at a time, so that the order of the first tokens is that of the queue. */
    private TestServer start() {
        FleetConfig usual = FleetConfig.defaults();
        return TestServer.start(
                LoadOptions.defaults().withMaxSequences(1),
                ServerOptions.defaults()
                        .withStore(StoreConfig.in(folder))
                        .withFleet(
                                new FleetConfig(
                                        usual.manager(),
                                        Map.of("gold", Priority.ENTERPRISE),
                                        usual.modelFolders())));
    }

    /** Streams an answer and says when its first token is there. */
    private static Thread stream(
            TestServer server, String name, String token, BlockingQueue<String> firstTokens) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try (RawClient client = server.connect()) {
                                client.post(
                                                "/v1/completions",
                                                ("{\"model\":\"%s\",\"prompt\":\"%s waits\","
                                                                + "\"max_tokens\":24,"
                                                                + "\"ignore_eos\":true,"
                                                                + "\"stream\":true}")
                                                        .formatted(TestModels.NAME, name),
                                                "Authorization: Bearer " + token)
                                        .readUntil("\"text\":");
                                firstTokens.add(name);
                                client.readUntil("[DONE]");
                            }
                        });
    }

    @SuppressWarnings("try") // what is held is let go at the end
    private static List<String> orderOfFirstTokens(TestServer server, String other, String late)
            throws InterruptedException {
        BlockingQueue<String> firstTokens = new LinkedBlockingQueue<>();
        List<Thread> threads = new ArrayList<>();
        try (EngineHold hold = new EngineHold(server.model())) {
            long before = server.stats().submitted();
            for (int i = 0; i < QUEUED; i++) {
                threads.add(stream(server, "early", other, firstTokens));
            }
            TestServer.await("all wait", () -> server.stats().submitted() == before + QUEUED);
            threads.add(stream(server, "late", late, firstTokens));
            TestServer.await("the last", () -> server.stats().submitted() > before + QUEUED);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(firstTokens);
    }

    @Test
    void b33_enterpriseOvertakesAFullQueue() throws Exception {
        String standard;
        String enterprise;
        String gold;
        try (TestTokens tokens = new TestTokens(folder)) {
            standard = tokens.ofTier("standard");
            enterprise = tokens.ofTier("enterprise");
            gold = tokens.ofTier("gold");
        }
        try (TestServer server = start()) {
            for (String higher : List.of(enterprise, gold)) {
                List<String> order = orderOfFirstTokens(server, standard, higher);
                assertEquals(QUEUED + 1, order.size());
                assertTrue(order.indexOf("late") <= 1, order::toString);
            }
            List<String> same = orderOfFirstTokens(server, standard, standard);
            // The last two answers may reach their readers at the same time.
            assertTrue(same.indexOf("late") >= QUEUED - 1, () -> "keeps its order: " + same);
        }
    }
}
