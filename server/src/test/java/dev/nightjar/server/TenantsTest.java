package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.store.StoreConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** B8: what one tenant has asked speeds up nobody else's requests, which would tell of it. */
final class TenantsTest {

    private static final String PROMPT = "The ship left the harbour at dawn. ".repeat(9);

    @TempDir private Path folder;
    private TestServer server;
    private String one;
    private String other;

    @BeforeEach
    void start() {
        try (TestTokens tokens = new TestTokens(folder)) {
            one = tokens.plain();
            other = tokens.plain();
        }
        server =
                TestServer.start(
                        LoadOptions.defaults(),
                        ServerOptions.defaults().withStore(StoreConfig.in(folder)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpReply complete(String token, String members) {
        HttpReply reply =
                HttpReply.of(
                        server.port(),
                        "POST",
                        "/v1/completions",
                        "{\"model\":\"%s\",\"prompt\":\"%s\",%s}"
                                .formatted(TestModels.NAME, PROMPT, members),
                        TestTokens.bearer(token));
        assertEquals(200, reply.status(), reply.body());
        return reply;
    }

    private static String cache(HttpReply reply) {
        return reply.header("X-Cache").orElse("");
    }

    @Test
    void knownAnswersAreTheirs() {
        String repeatable = "\"max_tokens\":2,\"temperature\":0";
        assertEquals("MISS", cache(complete(one, repeatable)));
        assertEquals("HIT", cache(complete(one, repeatable)));
        assertEquals("MISS", cache(complete(other, repeatable)));
        assertEquals("HIT", cache(complete(other, repeatable)));
    }

    private long cachedTokens(String token) {
        HttpReply reply = complete(token, "\"max_tokens\":1,\"temperature\":1");
        return reply.json().at("usage.prompt_tokens_details.cached_tokens").integer();
    }

    @Test
    void knownPrefixesAreTheirs() {
        assertEquals(0, cachedTokens(one));
        assertTrue(cachedTokens(one) >= 64, "its own prefix is known");
        assertEquals(0, cachedTokens(other));
        assertTrue(cachedTokens(other) >= 64, "and then the other's, too");
    }

    /** Log probabilities of a prompt come out the same each time. */
    @Test
    void scoresOfPromptsAreKnownToTheirsAlone() {
        String scores = "\"max_tokens\":0,\"echo\":true,\"logprobs\":1";
        HttpReply first = complete(one, scores);
        assertEquals("MISS", cache(first));
        HttpReply again = complete(one, scores);
        assertEquals("HIT", cache(again));
        assertEquals(
                first.json().at("choices.0.logprobs").value(),
                again.json().at("choices.0.logprobs").value());
        assertEquals("MISS", cache(complete(other, scores)));
        assertEquals("MISS", cache(complete(one, scores.replace(":1", ":2"))));
    }
}
