package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.observe.ObserveConfig;
import dev.nightjar.server.observe.log.AccessLogConfig;
import dev.nightjar.server.observe.log.AccessLogFormat;
import dev.nightjar.server.store.StoreConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** B45: what clients send, and tokens, are nowhere but in memory. */
final class SecretsAtRestTest {

    private static final String CANARY = "canary7c41f0";

    @TempDir private Path folder;

    @Test
    void promptsAndTokensAreNowhere() throws IOException, JMException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream err = System.err;
        StreamHandler handler = new StreamHandler(log, new SimpleFormatter());
        Logger.getLogger("").addHandler(handler);
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        String token;
        try (TestServer server =
                TestServer.start(
                        LoadOptions.defaults(),
                        ServerOptions.defaults()
                                .withObserve(
                                        ObserveConfig.defaults()
                                                .withAccessLog(
                                                        AccessLogConfig.OFF.withFormat(
                                                                AccessLogFormat.JSON)))
                                .withStore(StoreConfig.in(folder)))) {
            token = use(server);
            assertNowhere(token);
            assertFalse(histogram().contains(CANARY));
        } finally {
            System.setErr(err);
            Logger.getLogger("").removeHandler(handler);
            handler.flush();
        }
        assertNowhere(token);
        String lines = log.toString(StandardCharsets.UTF_8);
        assertTrue(lines.contains("/v1/chat/completions"), lines);
        assertFalse(lines.contains(CANARY), lines);
        assertFalse(lines.contains(token), lines);
    }

    /** Well and badly, so that errors are among what is kept. */
    private static String use(TestServer server) {
        HttpReply made =
                HttpReply.of(
                        server.port(),
                        "POST",
                        "/admin/tokens",
                        "{\"name\":\"root\",\"admin\":true}",
                        Map.of());
        String token = made.json().at("token").text();
        String chat =
                "{\"model\":\"%s\",\"user\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":3%s}";
        for (String more :
                List.of("", ",\"stream\":true", ",\"temperature\":\"%s\"".formatted(CANARY))) {
            HttpReply reply =
                    HttpReply.of(
                            server.port(),
                            "POST",
                            "/v1/chat/completions",
                            chat.formatted(TestModels.NAME, "someone", CANARY, more),
                            TestTokens.bearer(token));
            assertEquals(more.contains("temperature") ? 400 : 200, reply.status(), reply.body());
        }
        HttpReply wrong =
                HttpReply.of(
                        server.port(),
                        "GET",
                        "/v1/models",
                        null,
                        TestTokens.bearer(token + CANARY));
        assertEquals(401, wrong.status());
        assertFalse(wrong.body().contains(CANARY), wrong.body());
        HttpReply.of(server.port(), "GET", "/admin/audit", null, TestTokens.bearer(token));
        return token;
    }

    private void assertNowhere(String token) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertFalse(all.isEmpty());
            for (Path file : all) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains(CANARY), file.toString());
                assertFalse(bytes.contains(token), file.toString());
                assertFalse(bytes.contains("root"), file + " is not encrypted");
            }
        }
    }

    private static String histogram() throws JMException {
        return (String)
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "gcClassHistogram",
                                new Object[] {new String[0]},
                                new String[] {String[].class.getName()});
    }
}
