package dev.nightjar.server.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.ServerOptions;
import dev.nightjar.server.TestModels;
import dev.nightjar.server.TestServer;
import dev.nightjar.server.transport.TransportConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B44: encryption in transit, over a real port. */
final class ServerTlsTest {

    private static final Duration RELOAD = Duration.ofMillis(50);
    private static final int PATIENCE_MILLIS = 20_000;

    @TempDir private static Path folder;
    private static TestIdentity first;
    private static TestIdentity second;
    private static TestIdentity client;

    @BeforeAll
    static void makeCertificates() throws Exception {
        first = TestIdentity.make(folder, "first");
        second = TestIdentity.make(folder, "second");
        client = TestIdentity.make(folder, "client");
    }

    private static TlsConfig config(TlsConfig.Identity identity) {
        return new TlsConfig(
                identity, Optional.empty(), List.of("TLSv1.3", "TLSv1.2"), List.of(), RELOAD);
    }

    private static TlsConfig mutual(TlsConfig.Demand demand) {
        return new TlsConfig(
                first.asFiles(),
                Optional.of(new TlsConfig.Clients(client.certificate(), demand)),
                List.of("TLSv1.3", "TLSv1.2"),
                List.of(),
                RELOAD);
    }

    private static TestServer serve(TlsConfig tls) {
        TransportConfig plain = TransportConfig.defaults();
        return TestServer.start(
                LoadOptions.defaults(),
                ServerOptions.defaults()
                        .withTransport(
                                new TransportConfig(
                                        Optional.of(tls),
                                        plain.admin(),
                                        plain.proxies(),
                                        plain.pathPrefix(),
                                        plain.limits())));
    }

    private static SSLSocket connect(TestServer server, SSLContext context, String... protocols)
            throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    private static BufferedReader send(SSLSocket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return new BufferedReader(new InputStreamReader(socket.getInputStream()));
    }

    private static BufferedReader post(SSLSocket socket, int tokens, boolean isStreamed)
            throws IOException {
        String body =
                "{\"model\":\"%s\",\"prompt\":\"Once\",\"max_tokens\":%d,\"stream\":%s}"
                        .formatted(TestModels.NAME, tokens, isStreamed);
        return send(
                socket,
                ("POST /v1/completions HTTP/1.1\r\nHost: test\r\nContent-Type: application/json"
                                + "\r\nContent-Length: %d\r\n\r\n%s")
                        .formatted(body.length(), body));
    }

    private static String statusOf(SSLSocket socket) throws IOException {
        return send(socket, "GET /health/live HTTP/1.1\r\nHost: test\r\n\r\n").readLine();
    }

    private static String nameOf(SSLSocket socket) throws IOException {
        X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void speaks(String protocol) throws Exception {
        try (TestServer server = serve(config(first.asFiles()));
                SSLSocket socket =
                        connect(server, TestIdentity.client(Optional.empty(), first), protocol)) {
            BufferedReader answer = send(socket, "GET /health/live HTTP/1.1\r\nHost: test\r\n\r\n");
            assertEquals("HTTP/1.1 200 OK", answer.readLine());
            assertEquals(protocol, socket.getSession().getProtocol());
            String headers = answer.lines().takeWhile(line -> !line.isEmpty()).toList().toString();
            assertTrue(headers.contains("Strict-Transport-Security: max-age="), headers);
        }
    }

    /** A server that would speak it answers such a hello; this one ends the connection. */
    @Test
    void refusesOlderVersions() throws Exception {
        byte[] hello = {
            22,
            3,
            1,
            0,
            47,
            1,
            0,
            0,
            43,
            3,
            2,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            0,
            0,
            4,
            0,
            47,
            (byte) 0xc0,
            19,
            1,
            0
        };
        try (TestServer server = serve(config(first.asFiles()));
                java.net.Socket socket = new java.net.Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(hello);
            byte[] alert = socket.getInputStream().readNBytes(7);
            assertEquals(21, alert[0], "an alert");
            assertEquals(70, alert[6], "protocol_version");
        }
    }

    @Test
    void clientsWithoutCertificateStayOut() throws Exception {
        try (TestServer server = serve(mutual(TlsConfig.Demand.REQUIRED))) {
            SSLContext known = TestIdentity.client(Optional.of(client), first);
            SSLContext none = TestIdentity.client(Optional.empty(), first);
            SSLContext stranger = TestIdentity.client(Optional.of(second), first);
            try (SSLSocket socket = connect(server, known)) {
                assertEquals("HTTP/1.1 200 OK", statusOf(socket));
            }
            try (SSLSocket socket = connect(server, none)) {
                assertThrows(IOException.class, () -> statusOf(socket));
            }
            try (SSLSocket socket = connect(server, stranger)) {
                assertThrows(IOException.class, () -> statusOf(socket));
            }
        }
    }

    @Test
    void optionalCertificatesAreCheckedIfShown() throws Exception {
        try (TestServer server = serve(mutual(TlsConfig.Demand.OPTIONAL))) {
            try (SSLSocket socket = connect(server, TestIdentity.client(Optional.empty(), first))) {
                assertEquals("HTTP/1.1 200 OK", statusOf(socket));
            }
        }
    }

    /** New files hold for new connections, and a stream of an old one goes on. */
    @Test
    void filesChangeWhileAStreamRuns() throws Exception {
        TestIdentity files = TestIdentity.make(folder, "current");
        first.replace(files);
        SSLContext context = TestIdentity.client(Optional.empty(), first, second);
        try (TestServer server = serve(config(files.asFiles()));
                SSLSocket streaming = connect(server, context)) {
            BufferedReader stream = post(streaming, 400, true);
            assertEquals("HTTP/1.1 200 OK", stream.readLine());
            Files.writeString(files.key(), "half a fi");
            Thread.sleep(RELOAD.multipliedBy(3));
            try (SSLSocket socket = connect(server, context)) {
                assertEquals("HTTP/1.1 200 OK", statusOf(socket));
                assertEquals("CN=first", nameOf(socket));
            }
            second.replace(files);
            TestServer.await("the new certificate is shown", () -> shows(server, context));
            assertEquals("CN=first", nameOf(streaming));
            assertTrue(stream.lines().anyMatch("data: [DONE]"::equals), "the stream went on");
        }
    }

    private static boolean shows(TestServer server, SSLContext context) {
        try (SSLSocket socket = connect(server, context)) {
            return statusOf(socket).endsWith("200 OK") && nameOf(socket).equals("CN=second");
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** A client that leaves is noticed through the encryption, too, while nothing is written. */
    @Test
    void aClientThatLeavesIsNoticed() throws Exception {
        try (TestServer server = serve(config(first.asFiles()))) {
            SSLSocket socket = connect(server, TestIdentity.client(Optional.empty(), first));
            post(socket, 400, false);
            TestServer.await("submitted", () -> server.stats().submitted() == 1);
            socket.close();
            TestServer.await("nothing runs", () -> server.stats().inFlight() == 0);
            assertEquals(1, server.stats().aborted());
        }
    }

    @Test
    void keystores() throws Exception {
        TlsConfig.Identity identity =
                new TlsConfig.Identity(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(first.keystore()),
                        Optional.of(TestIdentity.PASSWORD));
        try (ServerTls tls = new ServerTls(config(identity))) {
            assertTrue(tls.summary().contains("TLSv1.3 and TLSv1.2, certificate of CN=first"));
        }
    }

    @Test
    void filesThatDoNotFit() {
        TlsConfig.Identity mixed =
                new TlsConfig.Identity(
                        Optional.of(first.certificate()),
                        Optional.of(second.key()),
                        Optional.empty(),
                        Optional.empty());
        TlsException thrown = assertThrows(TlsException.class, () -> new ServerTls(config(mixed)));
        assertTrue(thrown.getMessage().endsWith("the key does not belong to the certificate"));
        TlsConfig unknown =
                new TlsConfig(
                        first.asFiles(),
                        Optional.empty(),
                        List.of("TLSv1.3"),
                        List.of("TLS_NO_SUCH"),
                        RELOAD);
        TlsException cipher = assertThrows(TlsException.class, () -> new ServerTls(unknown));
        assertTrue(cipher.getMessage().contains("TLS_AES_256_GCM_SHA384"), cipher.getMessage());
    }
}
