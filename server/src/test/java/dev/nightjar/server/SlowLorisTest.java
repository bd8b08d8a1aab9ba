package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 500 connections that send a byte a second do not delay anybody else. */
@Tag("full")
final class SlowLorisTest {

    private static final int SLOW = 500;
    private static final int REQUESTS = 400;
    private static final int SECONDS = 30;

    /** Two runs without any load differ by as much on a machine that does other things, too. */
    private static final double NOISE = 1.5;

    @Test
    void othersAreServedAsBefore() throws Exception {
        try (TestServer server = TestServer.start()) {
            percentile(server); // compiled, warm
            double before = percentile(server);
            Loris loris = new Loris(server.port());
            Thread thread = Thread.ofPlatform().start(loris);
            TestServer.await("all are connected", () -> server.openConnections() >= SLOW);
            double during = percentile(server);
            Thread.sleep(SECONDS * 1000L);
            double later = percentile(server);
            thread.interrupt();
            thread.join();
            double after = percentile(server);
            System.out.printf(
                    "P95 in ms: %.2f before, %.2f and %.2f during, %.2f after; reconnected %d"
                            + " times%n",
                    before, during, later, after, loris.reconnected);
            double noise = NOISE * Math.max(before, after);
            assertTrue(during < noise && later < noise, () -> "above " + noise);
            assertTrue(loris.reconnected > 0, "none was ended");
            TestServer.await("all ended", () -> server.openConnections() <= 1);
        }
    }

    /** Milliseconds that 95 % of short requests do not exceed. */
    private static double percentile(TestServer server) {
        String body =
                "{\"model\":\"%s\",\"prompt\":\"Hi\",\"max_tokens\":2}".formatted(TestModels.NAME);
        long[] nanos = new long[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            long begin = System.nanoTime();
            server.post("/v1/completions", body);
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos[REQUESTS * 95 / 100] / 1e6;
    }

    /** Opens again what the server ends. */
    private static final class Loris implements Runnable {

        private static final byte[] REQUEST =
                "POST /v1/completions HTTP/1.1\r\nHost: test\r\nX-Long: "
                        .getBytes(StandardCharsets.US_ASCII);

        private final int port;
        private volatile int reconnected;

        Loris(int port) {
            this.port = port;
        }

        @Override
        public void run() {
            List<Socket> sockets = new ArrayList<>();
            try {
                for (int i = 0; i < SLOW; i++) {
                    sockets.add(open());
                }
                for (int at = 1; !Thread.interrupted(); at++) {
                    for (int i = 0; i < SLOW; i++) {
                        drip(sockets, i, at < REQUEST.length ? REQUEST[at] : 'a');
                    }
                    Thread.sleep(1000);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException told) {
                // the test is over
            } finally {
                sockets.forEach(Loris::close);
            }
        }

        private Socket open() throws IOException {
            Socket socket = new Socket("127.0.0.1", port);
            socket.getOutputStream().write(REQUEST[0]);
            return socket;
        }

        private void drip(List<Socket> sockets, int i, int next) throws IOException {
            try {
                sockets.get(i).getOutputStream().write(next);
            } catch (IOException ended) {
                close(sockets.get(i));
                sockets.set(i, open());
                reconnected = reconnected + 1;
            }
        }

        private static void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException closedBefore) {
                // which is what was wanted
            }
        }
    }
}
