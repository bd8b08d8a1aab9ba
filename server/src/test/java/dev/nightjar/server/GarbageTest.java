package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that send anything but requests get an error or nothing, and leave nothing behind. */
final class GarbageTest {

    private static final long LEAK_BYTES = 8L << 20;
    private static final int LONGEST = 3000;

    @Test
    void someGarbage() throws Exception {
        try (TestServer server = TestServer.start()) {
            send(server, 200, new Random(1));
            assertStillWell(server);
        }
    }

    /** Memory is the same behind 10,000 requests of garbage as behind the first thousands. */
    @Test
    @Tag("full")
    void muchGarbage() throws Exception {
        try (TestServer server = TestServer.start()) {
            Random random = new Random(2);
            send(server, 4000, random);
            assertStillWell(server);
            long before = usedBytes();
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            send(server, 10_000, random);
            assertStillWell(server);
            long after = usedBytes();
            System.out.printf("heap in use: %d KiB, then %d KiB%n", before >> 10, after >> 10);
            assertTrue(after - before < LEAK_BYTES, before + " bytes, then " + after);
            assertTrue(ManagementFactory.getThreadMXBean().getThreadCount() <= threads + 8);
        }
    }

    private static long usedBytes() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void assertStillWell(TestServer server) {
        TestServer.await("all connections ended", () -> server.openConnections() == 0);
        assertEquals(0, server.stats().inFlight());
        assertEquals(200, server.get("/health/ready").status());
        String body =
                "{\"model\":\"%s\",\"prompt\":\"Hi\",\"max_tokens\":1}".formatted(TestModels.NAME);
        assertEquals(200, server.post("/v1/completions", body).status());
        TestServer.await("all connections ended", () -> server.openConnections() <= 1);
    }

    private static void send(TestServer server, int times, Random random) throws Exception {
        for (int i = 0; i < times; i++) {
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(garbage(i % 8, random));
                socket.shutdownOutput();
                assertNoSuccess(socket.getInputStream());
            } catch (IOException reset) {
                // the server may close before everything was sent
            }
        }
    }

    private static void assertNoSuccess(InputStream in) throws IOException {
        String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        assertTrue(answer.isEmpty() || answer.matches("(?s)HTTP/1\\.1 [45]\\d\\d .*"), answer);
    }

    private static byte[] garbage(int kind, Random random) {
        byte[] noise = new byte[1 + random.nextInt(LONGEST)];
        random.nextBytes(noise);
        String text = new String(noise, StandardCharsets.ISO_8859_1);
        String head = "POST /v1/completions HTTP/1.1\r\nHost: test\r\n";
        String sent =
                switch (kind) {
                    case 0 -> text;
                    case 1 -> "GET / HTTP/1.1\r\n" + text;
                    case 2 -> "GET /" + "a".repeat(random.nextInt(20_000)) + " HTTP/1.1\r\n\r\n";
                    case 3 -> head + "X: " + "b".repeat(random.nextInt(80_000)) + "\r\n\r\n";
                    case 4 -> head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + text;
                    case 5 -> head + "Content-Length: 9999\r\n\r\n{\"model\":";
                    case 6 -> head + "Content-Length: -5\r\n\r\n" + text;
                    default ->
                            head
                                    + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                                            .formatted(text.length(), text);
                };
        return sent.getBytes(StandardCharsets.ISO_8859_1);
    }
}
