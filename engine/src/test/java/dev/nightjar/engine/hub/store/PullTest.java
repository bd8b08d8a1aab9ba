package dev.nightjar.engine.hub.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.hub.HubClient;
import dev.nightjar.engine.hub.HubException;
import dev.nightjar.engine.hub.HubSettings;
import dev.nightjar.engine.hub.LoopbackHub;
import dev.nightjar.engine.hub.ModelRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PullTest {

    private static final ModelRef REF = ModelRef.parse(LoopbackHub.MODEL);
    private static final int BYTES = 300_000;
    private static final String WEIGHTS = "model.safetensors";

    @TempDir Path folder;

    private final LoopbackHub server = new LoopbackHub();
    private final byte[] weights = new byte[BYTES];
    private final List<PullEvent> events = new CopyOnWriteArrayList<>();
    private ModelStore store;
    private HubClient hub;

    @BeforeEach
    void open() {
        new Random(7).nextBytes(weights);
        server.file("config.json", "{}").file(WEIGHTS, weights).file("empty.json", "");
        store = new ModelStore(folder);
        hub = new HubClient(server.settings());
    }

    @AfterEach
    void close() {
        hub.close();
        server.close();
    }

    private StoredModel pull() throws InterruptedException {
        Pull pull = new Pull(hub, store);
        return pull.run(pull.plan(REF), events::add);
    }

    private <T extends Throwable> T failed(Class<T> type) {
        return assertThrows(type, this::pull);
    }

    private List<String> names(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aCutConnectionIsTakenUpWhereItBroke() throws Exception {
        server.cutOnce(WEIGHTS, 200_000);
        StoredModel model = pull();
        assertArrayEquals(weights, Files.readAllBytes(model.folder().resolve(WEIGHTS)));
        assertTrue(model.isComplete() && model.missing().isEmpty());
        List<LoopbackHub.Seen> transfers = server.transfers(WEIGHTS);
        assertEquals(2, transfers.size());
        assertEquals("", transfers.getFirst().range());
        assertTrue(transfers.getLast().range().matches("bytes=[1-9]\\d*-"), transfers.toString());
        assertFalse(transfers.getLast().ifRange().isEmpty());
        assertTrue(server.contentBytes() < 2 * BYTES, "sent " + server.contentBytes());
        assertEquals(
                List.of(".nightjar-model.json", "config.json", "empty.json", WEIGHTS),
                names(model.folder()));
        assertEquals(1, events.stream().filter(PullEvent.Retrying.class::isInstance).count());
        assertEquals(3, events.stream().filter(PullEvent.Finished.class::isInstance).count());
        assertEquals(List.of(model), store.list());
    }

    @Test
    void anotherProcessGoesOn() throws Exception {
        server.cutOnce(WEIGHTS, 200_000);
        // One try only, so the cut ends the pull.
        hub.close();
        hub =
                new HubClient(
                        server.settings().withPatience(Duration.ofSeconds(5), 1, Duration.ZERO));
        failed(HubException.Unavailable.class);
        StoredModel begun = store.list().getFirst();
        assertFalse(begun.isComplete());
        long present = begun.presentBytes();
        assertTrue(present > 0 && present < BYTES, "present " + present);
        assertTrue(
                assertThrows(HubException.NotFound.class, () -> store.require(REF))
                        .getMessage()
                        .contains("is not all there; get it with: nightjar pull owner/name"));

        long before = server.contentBytes();
        PullPlan plan = new Pull(hub, store).plan(REF);
        assertEquals(plan.totalBytes() - present, plan.missingBytes());
        StoredModel model = pull();
        assertArrayEquals(weights, Files.readAllBytes(model.folder().resolve(WEIGHTS)));
        assertTrue(server.contentBytes() - before < BYTES, "only the rest was sent");
        assertTrue(server.transfers(WEIGHTS).getLast().range().startsWith("bytes="));
    }

    @Test
    void aFileThatChangedMeanwhileIsBegunAnew() throws Exception {
        anotherVersionOfAPart("some bytes of an older version", "\"older\"");
        StoredModel model = pull();
        assertArrayEquals(weights, Files.readAllBytes(model.folder().resolve(WEIGHTS)));
        assertEquals(1, server.transfers(WEIGHTS).size(), "If-Range brought the whole file");
        assertEquals("\"older\"", server.transfers(WEIGHTS).getFirst().ifRange());
    }

    @Test
    void wrongBytesOfAnEarlierProcessAreReplaced() throws Exception {
        anotherVersionOfAPart("wrong bytes without a tag", "");
        StoredModel model = pull();
        assertArrayEquals(weights, Files.readAllBytes(model.folder().resolve(WEIGHTS)));
        assertEquals(2, server.transfers(WEIGHTS).size());
    }

    private void anotherVersionOfAPart(String bytes, String tag) throws IOException {
        Path target = new Pull(hub, store).plan(REF).model().folder().resolve(WEIGHTS);
        Files.createDirectories(target.getParent());
        Files.writeString(PartFile.besides(target), bytes);
        if (!tag.isEmpty()) {
            Files.writeString(target.resolveSibling(WEIGHTS + ".part.tag"), tag);
        }
    }

    @Test
    void aPartThatIsTooLongIsThrownAway() throws Exception {
        Path target = new Pull(hub, store).plan(REF).model().folder().resolve(WEIGHTS);
        Files.createDirectories(target.getParent());
        Files.write(PartFile.besides(target), new byte[BYTES + 1]);
        assertArrayEquals(weights, Files.readAllBytes(pull().folder().resolve(WEIGHTS)));
    }

    @Test
    void aFileWithAnotherHashIsRefused() throws Exception {
        server.wrongHash(WEIGHTS);
        String message = failed(HubException.Damaged.class).getMessage();
        assertTrue(message.contains("expected the hash 0000"), message);
        StoredModel begun = store.list().getFirst();
        assertFalse(begun.isComplete());
        assertFalse(names(begun.folder()).contains(WEIGHTS));
        assertEquals(0, Files.size(begun.folder().resolve(WEIGHTS + ".part")));
    }

    @Test
    void aSmallFileWithAnotherHashIsRefused() {
        server.file("config.json", "{\"a\": 1}").wrongHash("config.json");
        failed(HubException.BadAnswer.class);
        server.listGitBlob("config.json", "0".repeat(40));
        String message = failed(HubException.Damaged.class).getMessage();
        assertTrue(message.startsWith("config.json: expected the hash 0000"), message);
    }

    @Test
    void aFileOfAnotherSizeIsRefused() {
        server.listBytes(WEIGHTS, BYTES - 1);
        String message = failed(HubException.Damaged.class).getMessage();
        assertTrue(
                message.contains("expected 299999 bytes as listed, the hub has 300000"), message);
        server.listBytes(WEIGHTS, BYTES + 1);
        failed(HubException.Damaged.class);
        assertEquals(2, server.transfers(WEIGHTS).size(), "another try would not help");
        assertFalse(store.list().getFirst().isComplete());
    }

    @Test
    void saysHowMuchRoomIsMissing() throws Exception {
        Pull pull = new Pull(hub, store, 4, at -> 100_000);
        PullPlan plan = pull.plan(REF);
        String message =
                assertThrows(HubException.NoSpace.class, () -> pull.run(plan, events::add))
                        .getMessage();
        assertTrue(message.contains("GiB is needed and 0.00 GiB is free in"), message);
        assertEquals(0, server.contentBytes());
        assertEquals(List.of(), names(plan.model().folder()));
    }

    @Test
    void filesComeInParallel() throws Exception {
        for (int i = 0; i < 6; i++) {
            server.file("model-%05d-of-00006.safetensors".formatted(i), new byte[2000 + i]);
        }
        server.delay(Duration.ofMillis(100));
        StoredModel model = pull();
        assertEquals(9, model.files().files().size());
        assertEquals(4, server.mostActive());
        ModelStore other = new ModelStore(folder.resolve("other"));
        Pull one = new Pull(hub, other).withParallelFiles(1);
        server.delay(Duration.ZERO);
        assertTrue(one.run(one.plan(REF), events::add).isComplete());
    }

    @Test
    void aSecondPullFindsEverything() throws Exception {
        StoredModel first = pull();
        long sent = server.contentBytes();
        PullPlan plan = new Pull(hub, store).plan(REF.withRevision("v1"));
        assertEquals(0, plan.missingBytes());
        StoredModel second = new Pull(hub, store).run(plan, events::add);
        assertEquals(sent, server.contentBytes());
        assertEquals(first.pulled(), second.pulled());
        assertEquals(List.of("main", "v1"), List.copyOf(second.revisions()));
        assertEquals(List.of(second), store.list());
    }

    @Test
    void whatAnotherRevisionHasIsNotFetchedAgain() throws Exception {
        StoredModel first = pull();
        server.commit("c".repeat(40)).file("config.json", "{\"changed\": true}");
        long before = server.contentBytes();
        StoredModel second = pull();
        assertEquals(17, server.contentBytes() - before, "the changed file alone");
        assertFalse(first.folder().equals(second.folder()));
        assertEquals(second, store.require(REF), "the one pulled last");
        assertEquals(first, store.require(REF.withRevision(LoopbackHub.COMMIT)));
        assertTrue(store.remove(first) < BYTES, "the weights are still in use");
        assertArrayEquals(weights, Files.readAllBytes(second.folder().resolve(WEIGHTS)));
        assertTrue(store.remove(second) >= BYTES);
    }

    @Test
    void aLostFileIsBroughtBack() throws Exception {
        StoredModel model = pull();
        Files.delete(model.folder().resolve("config.json"));
        assertEquals("config.json", model.missing().getFirst().path());
        pull();
        assertEquals(2, server.transfers("config.json").size());
        assertEquals(1, server.transfers(WEIGHTS).size());
    }

    @Test
    void twoPullsOfAModelDoNotMeet() throws Exception {
        server.delay(Duration.ofMillis(300));
        CountDownLatch begun = new CountDownLatch(1);
        Pull pull = new Pull(hub, store);
        PullPlan plan = pull.plan(REF);
        List<Throwable> problems = new CopyOnWriteArrayList<>();
        Thread first =
                Thread.ofPlatform()
                        .uncaughtExceptionHandler((thread, problem) -> problems.add(problem))
                        .start(() -> runUnchecked(pull, plan, begun));
        begun.await();
        assertTrue(failed(HubException.Busy.class).getMessage().contains("owner/name"));
        StoredModel model = store.list().getFirst();
        assertThrows(HubException.Busy.class, () -> store.remove(model));
        first.join();
        assertEquals(List.of(), problems);
        assertTrue(store.require(REF).isComplete());
    }

    private static void runUnchecked(Pull pull, PullPlan plan, CountDownLatch begun) {
        try {
            pull.run(
                    plan,
                    event -> {
                        if (event instanceof PullEvent.Advanced) {
                            begun.countDown();
                        }
                    });
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void aSilentConnectionIsBroken() throws Exception {
        server.stallOnce(WEIGHTS, 100_000);
        hub.close();
        hub =
                new HubClient(
                        server.settings()
                                .withPatience(Duration.ofMillis(400), 4, Duration.ofMillis(1)));
        assertArrayEquals(weights, Files.readAllBytes(pull().folder().resolve(WEIGHTS)));
        assertEquals(2, server.transfers(WEIGHTS).size());
        assertTrue(
                events.stream().anyMatch(e -> e.toString().contains("no byte came")),
                events::toString);
    }

    @Test
    void removingFreesTheBytes() throws Exception {
        StoredModel model = pull();
        assertEquals(BYTES + 2, store.remove(model));
        assertEquals(List.of(), store.list());
        assertEquals(List.of(".locks"), names(folder));
        String message =
                assertThrows(HubException.NotFound.class, () -> store.require(REF)).getMessage();
        assertTrue(message.contains("nightjar pull owner/name"), message);
    }

    @Test
    void offlineTheHubIsNotAsked() throws Exception {
        pull();
        int before = server.requests().size();
        hub.close();
        hub = new HubClient(server.settings().withAccess(HubSettings.Access.OFFLINE));
        failed(HubException.Offline.class);
        assertTrue(store.require(REF).isComplete());
        assertEquals(before, server.requests().size());
    }
}
