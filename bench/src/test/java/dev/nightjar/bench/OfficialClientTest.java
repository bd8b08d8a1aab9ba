package dev.nightjar.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.server.NightjarServer;
import dev.nightjar.server.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official Node client against a running server; installs it, so it needs a registry. */
@Tag("full")
class OfficialClientTest {

    private static final String CLIENT = "openai@7.57.0";

    @Test
    void openAiForNode(@TempDir Path folder) throws Exception {
        Path script = folder.resolve("openai.mjs");
        Files.copy(Project.root().resolve("bench/src/test/js/openai.mjs"), script);
        Commands.run(
                folder,
                List.of("npm", "install", "--silent", "--prefix", folder.toString(), CLIENT));
        ServerOptions anyPort = ServerOptions.defaults().withAddress("127.0.0.1", 0);
        try (NightjarServer server = NightjarServer.start(Engine.openDemo(), anyPort)) {
            String url = "http://127.0.0.1:" + server.port();
            String output = Commands.run(folder, List.of("node", script.toString(), url));
            assertTrue(output.strip().endsWith("ok"), output);
        }
    }
}
