package dev.nightjar.engine.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubClientTest {

    private static final ModelRef REF = ModelRef.parse(LoopbackHub.MODEL);
    private static final byte[] LARGE = new byte[5000];

    private final LoopbackHub hub = new LoopbackHub();

    @AfterEach
    void close() {
        hub.close();
    }

    private HubListing list(HubSettings settings, ModelRef ref) {
        try (HubClient client = new HubClient(settings)) {
            return client.list(ref);
        }
    }

    private <T extends HubException> T refused(Class<T> type, HubSettings settings, ModelRef ref) {
        return assertThrows(type, () -> list(settings, ref));
    }

    @Test
    void listsPageByPage() {
        for (int i = 0; i < 7; i++) {
            hub.file("file-" + i + ".json", "{" + i + "}");
        }
        hub.file("sub/large.bin", LARGE);
        HubListing listing = list(hub.settings(), REF.withRevision("v1"));
        assertEquals(LoopbackHub.COMMIT, listing.commit());
        assertEquals("v1", listing.revision());
        assertEquals(8, listing.files().size());
        assertEquals(1 + 4, hub.requests().size(), "one for the commit, four pages of two");
        HubFile small = listing.files().getFirst();
        assertEquals(3, small.bytes());
        assertTrue(small.gitBlob().isPresent() && small.sha256().isEmpty());
        HubFile large = listing.files().getLast();
        assertTrue(large.gitBlob().isEmpty() && large.sha256().isPresent());
    }

    @Test
    void theTokenStaysWithTheEndpoint() {
        hub.file("large.bin", LARGE).requireToken("secret");
        HubSettings settings = hub.settings().withToken("secret");
        try (HubClient client = new HubClient(settings)) {
            HubListing listing = client.list(REF);
            HubFile file = listing.files().getFirst();
            try (Transfer transfer = client.open(listing, file, 10, Optional.empty())) {
                assertEquals(10, transfer.offset());
                assertTrue(transfer.read(new byte[100]) > 0);
            }
        }
        assertFalse(hub.requests().isEmpty());
        hub.requests()
                .forEach(
                        seen ->
                                assertEquals(
                                        seen.isContentHost() ? "" : "Bearer secret", seen.token()));
        assertEquals(1, hub.transfers("large.bin").size(), "the redirect was followed");
        assertFalse(settings.toString().contains("secret"));
    }

    @Test
    void saysHowToGetAccess() {
        hub.file("a.json", "{}").requireToken("secret");
        String without = refused(HubException.AccessDenied.class, hub.settings(), REF).getMessage();
        assertTrue(without.contains("401") && without.contains("HF_TOKEN"), without);
        String wrong =
                refused(HubException.AccessDenied.class, hub.settings().withToken("other"), REF)
                        .getMessage();
        assertTrue(wrong.contains("403") && wrong.contains("accept the terms"), wrong);
        assertFalse(wrong.contains("other"), "the token itself is never printed");
    }

    @Test
    void saysWhatWasNotFound() {
        String model =
                refused(HubException.NotFound.class, hub.settings(), ModelRef.parse("owner/other"))
                        .getMessage();
        assertTrue(model.contains("owner/other") && model.contains("private"), model);
        String revision =
                refused(HubException.NotFound.class, hub.settings(), REF.withRevision("v9"))
                        .getMessage();
        assertTrue(revision.contains("v9") && revision.contains("Invalid rev id"), revision);
    }

    @Test
    void triesAgainWhatTimeMayHeal() {
        hub.file("a.json", "{}").fault("revision", 503, 2).fault("tree", 429, 1).retryAfter("0");
        assertEquals(1, list(hub.settings(), REF).files().size());
        assertEquals(3 + 2, hub.requests().size());
    }

    @Test
    void givesUpInTheEnd() {
        hub.fault("revision", 500, 1000);
        refused(HubException.Unavailable.class, hub.settings(), REF);
        assertEquals(4, hub.requests().size());
    }

    @Test
    void doesNotWaitForHours() {
        hub.fault("revision", 429, 1000).retryAfter("3600");
        HubException.RateLimited limited =
                refused(HubException.RateLimited.class, hub.settings(), REF);
        assertEquals(Duration.ofHours(1), limited.retryAfter().orElseThrow());
        assertTrue(limited.getMessage().contains("3600 s"), limited.getMessage());
        assertEquals(1, hub.requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.json", "/etc/x.json", "a\\b.json", "a/../../x", "a//b", "x\ny"})
    void refusesNamesThatLeaveTheFolder(String name) {
        hub.file("good.json", "{}").file(name, "{}");
        HubException refused = refused(HubException.BadAnswer.class, hub.settings(), REF);
        assertTrue(refused.getMessage().startsWith("the listing is refused"), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    @Test
    void leavesOutNamesThatNotEverySystemHas() {
        hub.file("good.json", "{}").file("what?.png", "x").file("c:d.json", "{}");
        assertEquals(
                List.of("good.json"),
                list(hub.settings(), REF).files().stream().map(HubFile::path).toList());
    }

    @Test
    void offlineOpensNoConnection() {
        HubSettings offline = hub.settings().withAccess(HubSettings.Access.OFFLINE);
        String message = refused(HubException.Offline.class, offline, REF).getMessage();
        assertTrue(message.contains("owner/name") && message.contains("--offline"), message);
        assertEquals(List.of(), hub.requests());
    }

    @Test
    void nobodyListening() {
        HubSettings settings = hub.settings();
        hub.close();
        assertTrue(
                refused(HubException.Unavailable.class, settings, REF)
                        .getMessage()
                        .contains("127.0.0.1"));
    }

    @Test
    void whatIsNoHub() {
        hub.file("a\"b", "{}");
        HubException refused = refused(HubException.BadAnswer.class, hub.settings(), REF);
        assertTrue(refused.getMessage().contains("endpoint of a model hub?"));
    }

    @Test
    void settingsFromTheEnvironment() {
        assertEquals(HubSettings.defaults(), HubSettings.of(Map.of("HF_TOKEN", " ")));
        HubSettings set =
                HubSettings.of(
                        Map.of(
                                "HF_ENDPOINT", "https://mirror/hub/",
                                "HF_TOKEN", "a",
                                "NIGHTJAR_HUB_TOKEN", "b",
                                "NIGHTJAR_OFFLINE", "1"));
        assertEquals(URI.create("https://mirror/hub"), set.endpoint());
        assertEquals("b", set.token().orElseThrow());
        assertEquals(HubSettings.Access.OFFLINE, set.access());
        assertEquals(
                HubSettings.Access.ONLINE,
                HubSettings.of(Map.of("NIGHTJAR_OFFLINE", "0")).access());
        Map<String, String> readable = Map.of("HF_ENDPOINT", "http://mirror", "HF_TOKEN", "a");
        assertTrue(
                assertInstanceOf(
                                IllegalArgumentException.class,
                                assertThrows(
                                        RuntimeException.class, () -> HubSettings.of(readable)))
                        .getMessage()
                        .contains("use https"));
        assertThrows(
                IllegalArgumentException.class,
                () -> HubSettings.of(Map.of("HF_ENDPOINT", "file:///etc")));
    }
}
