package dev.nightjar.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.outbound.OfflineException;
import dev.nightjar.server.outbound.Outbound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** B36: offline, a configuration that needs another machine is refused. */
final class ReachTest {

    @TempDir private Path folder;

    private NightjarConfig read(String yaml) throws Exception {
        return NightjarConfig.read(Files.writeString(folder.resolve("nightjar.yaml"), yaml));
    }

    @Test
    void namesTheKeyAndTheMachine() throws Exception {
        NightjarConfig config =
                read(
                        "offline: true\nstore: {url: 'jdbc:postgresql://127.0.0.1:5432,db2/nightjar'}");
        assertEquals(Outbound.OFFLINE, config.outbound());
        assertEquals(
                List.of(new Reach("store.url", "127.0.0.1"), new Reach("store.url", "db2")),
                config.reaches());
        OfflineException thrown =
                assertThrows(OfflineException.class, () -> config.requireReach(Outbound.OFFLINE));
        assertTrue(
                thrown.getMessage().startsWith("store.url needs a connection to db2, "),
                thrown.getMessage());
        config.requireReach(Outbound.ALLOWED);
    }

    @Test
    void thisMachineAndTextsAreFine() throws Exception {
        NightjarConfig config =
                read(
                        "server: {system_prompt: 'See https://example.org for more.'}\n"
                                + "store: {url: 'jdbc:postgresql://u:p@[::1]:5432/nightjar'}");
        assertEquals(List.of(new Reach("store.url", "::1")), config.reaches());
        config.requireReach(Outbound.OFFLINE);
        assertEquals(Outbound.ALLOWED, config.outbound());
    }
}
