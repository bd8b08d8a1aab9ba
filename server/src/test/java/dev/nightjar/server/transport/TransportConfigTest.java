package dev.nightjar.server.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.yaml.ConfigException;
import dev.nightjar.server.yaml.YamlFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TransportConfigTest {

    @TempDir private Path folder;

    private TransportConfig read(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("server.yaml"), yaml);
        return TransportConfig.read(YamlFile.read(file, TransportConfig.KEYS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tls: {key: a.pem} | expected certificate (and key), or keystore; one of them",
                "tls: {keystore: a.p12, key: b.pem} | a keystore holds its key; leave key out",
                "tls: {certificate: a, protocols: [TLSv1.1]} | older ones are not safe",
                "tls: {certificate: a, client_certificate: optional} | needs client_ca",
                "admin_host: 10.0.0.1 | admin_host needs admin_port",
                "path_prefix: llm | path_prefix must be a path such as /llm",
                "trusted_proxies: [proxy.example.org] | found 'proxy.example.org'",
                "trusted_proxies: [10.0.0.0/33] | found '10.0.0.0/33'",
                "limits: {header_size: 2M} | header_size must be at most 1M",
                "limits: {head_timeout: 15} | such as 500ms",
            })
    void refuses(String yaml, String reason) {
        ConfigException thrown = assertThrows(ConfigException.class, () -> read(yaml));
        assertTrue(thrown.getMessage().contains(reason), thrown.getMessage());
    }

    @Test
    void networks() throws Exception {
        TrustedProxies proxies =
                read("trusted_proxies: [10.1.0.0/16, 192.168.1.7, 'fd00::/8']").proxies();
        assertTrue(proxies.has(InetAddress.ofLiteral("10.1.255.3")));
        assertFalse(proxies.has(InetAddress.ofLiteral("10.2.0.1")));
        assertTrue(proxies.has(InetAddress.ofLiteral("192.168.1.7")));
        assertFalse(proxies.has(InetAddress.ofLiteral("192.168.1.8")));
        assertTrue(proxies.has(InetAddress.ofLiteral("fd12::1")));
        assertFalse(proxies.has(InetAddress.ofLiteral("fe80::1")));
    }

    @Test
    void passwordsAreInNoText() throws Exception {
        TransportConfig config = read("tls: {keystore: a.p12, password: a-canary}");
        assertEquals("a-canary", config.tls().orElseThrow().identity().password().orElseThrow());
        assertFalse(config.toString().contains("a-canary"), config.toString());
    }
}
