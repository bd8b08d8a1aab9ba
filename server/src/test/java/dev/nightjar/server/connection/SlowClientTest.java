package dev.nightjar.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that send or read a byte now and then do not hold a connection for long. */
final class SlowClientTest {

    private static final Duration SHORT = Duration.ofMillis(700);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final long RATE = 4_000_000;
    private static final int DRIP_MILLIS = 50;

    /** More than the buffers of both ends, and a few seconds at the least rate. */
    private static final int LARGE = 12 << 20;

    private Connections connections;
    private WebServer server;

    @BeforeEach
    void start() {
        connections = new Connections(new Patience(SHORT, SHORT, SHORT, LONG, RATE));
        Http1Config http1 =
                Http1Config.builder()
                        .addReceiveListener(new RequestProgress(10))
                        .addSendListener(new AnswerProgress())
                        .build();
        server =
                WebServer.builder()
                        .host("127.0.0.1")
                        .shutdownHook(false)
                        .shutdownGracePeriod(Duration.ofSeconds(1))
                        .protocolsDiscoverServices(false)
                        .addConnectionSelector(
                                new WatchedConnectionSelector(
                                        Http1ConnectionSelector.builder().config(http1).build(),
                                        connections))
                        .routing(
                                routing ->
                                        routing.post("/length", SlowClientTest::answerLength)
                                                .get("/large", SlowClientTest::answerMuch))
                        .build()
                        .start();
    }

    private static void answerLength(ServerRequest request, ServerResponse response) {
        response.send(Integer.toString(request.content().as(byte[].class).length));
    }

    private static void answerMuch(ServerRequest request, ServerResponse response) {
        response.send(new byte[LARGE]);
    }

    @AfterEach
    void stop() {
        server.stop();
        connections.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends a byte now and then until the server ends the connection; returns for how long. */
    private static Duration drip(Socket socket, String text) throws Exception {
        long begin = System.nanoTime();
        OutputStream out = socket.getOutputStream();
        try {
            for (int i = 0; i < 400; i++) {
                out.write(text.charAt(i % text.length()));
                Thread.sleep(DRIP_MILLIS);
            }
        } catch (IOException ended) {
            return Duration.ofNanos(System.nanoTime() - begin);
        }
        throw new AssertionError("the connection was never ended");
    }

    private void assertEndedSoon(Duration time) {
        assertTrue(time.compareTo(SHORT) > 0, time::toString);
        assertTrue(time.compareTo(SHORT.plusSeconds(8)) < 0, time::toString);
        assertEquals(1, connections.ended());
    }

    private void awaitNoneOpen() throws InterruptedException {
        for (int i = 0; i < 400 && connections.open() > 0; i++) {
            Thread.sleep(10);
        }
        assertEquals(0, connections.open());
    }

    @Test
    void headers() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "POST /length HTTP/1.1\r\nHost: test\r\nX-Long: ");
            assertEndedSoon(drip(socket, "a"));
        }
        awaitNoneOpen();
    }

    @Test
    void silenceFromTheBeginning() throws Exception {
        try (Socket socket = connect()) {
            assertEquals(-1, socket.getInputStream().read());
        }
        awaitNoneOpen();
    }

    @Test
    void bodies() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "POST /length HTTP/1.1\r\nHost: test\r\nContent-Length: 1000\r\n\r\n");
            assertEndedSoon(drip(socket, "a"));
        }
        awaitNoneOpen();
    }

    @Test
    void readers() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "GET /large HTTP/1.1\r\nHost: test\r\n\r\n");
            for (int i = 0; i < 400 && connections.ended() == 0; i++) {
                socket.getInputStream().read();
                Thread.sleep(DRIP_MILLIS);
            }
            assertEquals(1, connections.ended());
        }
        awaitNoneOpen();
    }

    /** A body of three times what the fixed time allows, above the least rate. */
    @Test
    void slowIsNotTooSlow() throws Exception {
        int size = 9_000_000;
        try (Socket socket = connect()) {
            write(
                    socket,
                    "POST /length HTTP/1.1\r\nHost: test\r\nContent-Length: %d\r\n\r\n"
                            .formatted(size));
            byte[] part = new byte[size / 30];
            for (int i = 0; i < 30; i++) {
                socket.getOutputStream().write(part);
                Thread.sleep(DRIP_MILLIS);
            }
            InputStream in = socket.getInputStream();
            String answer = new String(in.readNBytes(15), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 200 OK", answer);
        }
        assertEquals(0, connections.ended());
        awaitNoneOpen();
    }

    /** Between requests only the idle time counts. */
    @Test
    void idleIsNotSlow() throws Exception {
        try (Socket socket = connect()) {
            for (int i = 0; i < 2; i++) {
                write(socket, "POST /length HTTP/1.1\r\nHost: test\r\nContent-Length: 1\r\n\r\na");
                byte[] status = socket.getInputStream().readNBytes(15);
                assertEquals("HTTP/1.1 200 OK", new String(status, StandardCharsets.US_ASCII));
                Thread.sleep(SHORT.multipliedBy(2));
                socket.getInputStream().readNBytes(socket.getInputStream().available());
            }
        }
        assertEquals(0, connections.ended());
    }

    @Test
    void tooManyHeaders() throws Exception {
        try (Socket socket = connect()) {
            write(
                    socket,
                    "GET /large HTTP/1.1\r\nHost: test\r\n" + "X-A: 1\r\n".repeat(10) + "\r\n");
            byte[] status = socket.getInputStream().readNBytes(12);
            assertEquals("HTTP/1.1 431", new String(status, StandardCharsets.US_ASCII));
        }
    }
}
