package dev.nightjar.server.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class SoakTest {

    private static final SoakSample REST = new SoakSample(0, 1, 1, 10, 20, 0, 0);

    @Test
    @Tag("full")
    void aServerLosesNothing() throws Exception {
        try (TestServer server = TestServer.start()) {
            SoakPlan plan =
                    new SoakPlan(
                            URI.create("http://127.0.0.1:" + server.port()),
                            TestModels.NAME,
                            Optional.empty(),
                            Duration.ofSeconds(20),
                            0.7,
                            Optional.empty(),
                            1);
            SoakReport report = new Soak(plan, sample -> {}).run();
            assertTrue(report.isClean(), report::toString);
            assertTrue(report.capacity() > 0);
            assertTrue(report.samples().size() > 10, report::toString);
            for (SoakKind kind : SoakKind.values()) {
                assertTrue(
                        report.counts().keySet().stream()
                                .anyMatch(key -> key.startsWith(kind.name())),
                        kind::name);
            }
        }
    }

    @Test
    void theSlopeIsThatOfTheLastTwoThirds() {
        List<SoakSample> samples =
                IntStream.range(0, 30)
                        .mapToObj(
                                i ->
                                        new SoakSample(
                                                i, i < 10 ? 5000 : 9000 + 2.0 * i, 1, 1, 1, 0, 0))
                        .toList();
        SoakReport report = new SoakReport(1, Map.of(), Map.of(), samples, REST, REST);
        assertEquals(2 * 3600, report.bytesPerHour(), 1e-6);
        assertTrue(report.isClean());
    }

    @Test
    void whatIsLostIsTold() {
        SoakSample leaking = new SoakSample(9, 1, 1, 30, 20, 3, 0);
        SoakReport report = new SoakReport(1, Map.of(), Map.of(), List.of(), REST, leaking);
        assertFalse(report.isClean());
        assertEquals(3, report.leakedBlocks());
        assertEquals(20, report.moreThreads());
        Map<String, Long> surprises = Map.of("STREAM 500", 1L);
        assertFalse(new SoakReport(1, Map.of(), surprises, List.of(), REST, REST).isClean());
    }

    @Test
    void samplesAreReadFromThePage() {
        String page =
                """
                # TYPE process_open_fds gauge
                process_open_fds 12
                jvm_memory_used_bytes{area="heap"} 100
                jvm_memory_used_bytes{area="nonheap"} 7
                nightjar_kv_blocks_used{model="a"} 2
                nightjar_kv_blocks_used{model="b"} 3
                nightjar_sequences_running{model="a"} 1
                nightjar_sequences_waiting{model="a"} 4
                jvm_threads_current 9
                process_resident_memory_bytes 1.5E9
                """;
        assertEquals(new SoakSample(1, 1.5e9, 100, 9, 12, 5, 5), SoakSample.of(1, page));
    }
}
