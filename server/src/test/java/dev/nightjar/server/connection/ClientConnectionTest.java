package dev.nightjar.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ClientConnectionTest {

    private final BlockingQueue<String> gone = new LinkedBlockingQueue<>();
    private final Connections connections = new Connections(Patience.DEFAULT);
    private WebServer server;

    @BeforeEach
    void start() {
        server =
                WebServer.builder()
                        .host("127.0.0.1")
                        .shutdownHook(false)
                        .shutdownGracePeriod(Duration.ofSeconds(20))
                        .protocolsDiscoverServices(false)
                        .addConnectionSelector(
                                new WatchedConnectionSelector(
                                        Http1ConnectionSelector.builder().config(http1()).build(),
                                        connections))
                        .routing(routing -> routing.post("/wait", this::waitWatched))
                        .build()
                        .start();
    }

    private static Http1Config http1() {
        return Http1Config.builder()
                .addReceiveListener(new RequestProgress(100))
                .addSendListener(new AnswerProgress())
                .build();
    }

    @AfterEach
    void stop() {
        server.stop();
        connections.close();
    }

    /** Waits as many milliseconds as the body says, or until the client is gone. */
    private void waitWatched(ServerRequest request, ServerResponse response) throws Exception {
        String body = request.content().as(String.class);
        CountDownLatch left = new CountDownLatch(1);
        Runnable onGone =
                () -> {
                    gone.add(body);
                    left.countDown();
                };
        try (ClientWatch watch = ClientConnection.of(request).watch(onGone)) {
            boolean isGone = left.await(Integer.parseInt(body), TimeUnit.MILLISECONDS);
            assertEquals(isGone, watch.isGone());
        }
        response.send("waited " + body);
    }

    private static void send(Socket socket, String millis) throws IOException {
        String head = "POST /wait HTTP/1.1\r\nHost: test\r\nContent-Length: %d\r\n\r\n%s";
        socket.getOutputStream()
                .write(head.formatted(millis.length(), millis).getBytes(StandardCharsets.US_ASCII));
    }

    private static String reply(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().matches("(?s).*waited \\d{4}")) {
            int next = socket.getInputStream().read();
            assertTrue(next >= 0, () -> "the connection ended after: " + text);
            text.append((char) next);
        }
        return text.substring(text.indexOf("waited"));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    @Test
    void tellsThatTheClientLeftWhileNothingIsWritten() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "9000");
            Thread.sleep(50);
        }
        assertEquals("9000", gone.poll(5, TimeUnit.SECONDS));
    }

    @Test
    void keepsTheConnectionForTheNextRequest() throws Exception {
        try (Socket socket = connect()) {
            for (String millis : new String[] {"0010", "0020", "0030"}) {
                send(socket, millis);
                assertEquals("waited " + millis, reply(socket));
            }
            send(socket, "9001");
            Thread.sleep(50);
        }
        assertEquals("9001", gone.poll(5, TimeUnit.SECONDS), "the last request is watched too");
    }

    @Test
    void anEarlyNextRequestIsNoDeparture() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "0300");
            Thread.sleep(50);
            send(socket, "0011");
            assertEquals("waited 0300", reply(socket));
            assertEquals("waited 0011", reply(socket));
        }
        assertNull(gone.poll());
    }

    @Test
    void aClosedWatchStaysSilent() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "0010");
            assertEquals("waited 0010", reply(socket));
        }
        assertNull(gone.poll(200, TimeUnit.MILLISECONDS));
    }

    @Test
    void idleConnectionsDoNotDelayTheEndOfTheServer() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "0010");
            assertEquals("waited 0010", reply(socket));
            long started = System.nanoTime();
            server.stop();
            assertTrue(System.nanoTime() - started < Duration.ofSeconds(10).toNanos());
            assertEquals(-1, socket.getInputStream().read());
        }
    }
}
