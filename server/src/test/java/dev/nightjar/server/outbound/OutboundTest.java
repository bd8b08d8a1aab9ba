package dev.nightjar.server.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutboundTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "::1", "a.localhost"})
    void thisMachine(String host) {
        Outbound.OFFLINE.require(host, "store.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db", "example.org", "10.0.0.1", "fd00::1", "localhost.example.org"})
    void otherMachines(String host) {
        Outbound.ALLOWED.require(host, "store.url");
        OfflineException thrown =
                assertThrows(
                        OfflineException.class, () -> Outbound.OFFLINE.require(host, "store.url"));
        assertTrue(
                thrown.getMessage().startsWith("store.url needs a connection to " + host + ","),
                thrown.getMessage());
    }

    @Test
    void environment() {
        assertEquals(Outbound.ALLOWED, Outbound.of(Map.of()));
        assertEquals(Outbound.ALLOWED, Outbound.of(Map.of("NIGHTJAR_OFFLINE", "0")));
        assertEquals(Outbound.OFFLINE, Outbound.of(Map.of("NIGHTJAR_OFFLINE", "1")));
        assertEquals(Outbound.OFFLINE, Outbound.ALLOWED.and(Outbound.OFFLINE));
    }

    /** Only names of this machine are asked for, once this is offline. */
    @Test
    void names() throws Exception {
        InetAddress known = InetAddress.ofLiteral("10.1.1.1");
        InetAddressResolver builtin =
                new InetAddressResolver() {
                    @Override
                    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) {
                        return Stream.of(known);
                    }

                    @Override
                    public String lookupByAddress(byte[] address) {
                        return "a name";
                    }
                };
        InetAddressResolver guarded = OfflineResolver.guard(builtin);
        var policy = InetAddressResolver.LookupPolicy.of(InetAddressResolver.LookupPolicy.IPV4);
        assertEquals(known, guarded.lookupByName("db", policy).findFirst().orElseThrow());
        System.setProperty(OfflineResolver.PROPERTY, "true");
        try {
            assertThrows(UnknownHostException.class, () -> guarded.lookupByName("db", policy));
            assertThrows(
                    UnknownHostException.class,
                    () -> guarded.lookupByAddress(new byte[] {10, 1, 1, 1}));
            assertEquals(1, guarded.lookupByName("localhost", policy).count());
        } finally {
            System.clearProperty(OfflineResolver.PROPERTY);
        }
    }
}
