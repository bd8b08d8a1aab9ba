package dev.nightjar.bench;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The official Node client against a running server; installs it, so it needs a registry. */
@Tag("full")
class OfficialClientTest {

    private static final String CLIENT = "openai@7.57.0";
    private static final String SCHEMAS = "zod@4.6.7";

    @Test
    void openAiForNode() throws Exception {
        NodeFolder node = NodeFolder.with(CLIENT, SCHEMAS).copy("openai");
        try (DemoServer server = DemoServer.start();
                DemoServer narrow = DemoServer.startNarrow()) {
            String table = node.run("main.mjs", List.of(server.url(), narrow.url()), Map.of());
            System.out.println("npm " + CLIENT + "\n" + table);
        }
    }
}
