package dev.nightjar.bench;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Official Node clients against a running server; installs them, so it needs a registry. */
@Tag("full")
class OfficialClientTest {

    private static final String CLIENT = "openai@7.57.0";
    private static final String SCHEMAS = "zod@4.6.7";
    private static final String COHERE = "cohere-ai@8.1.0";

    @Test
    void openAiForNode() throws Exception {
        NodeFolder node = NodeFolder.with(CLIENT, SCHEMAS).copy("openai");
        try (DemoServer server = DemoServer.start();
                DemoServer narrow = DemoServer.startNarrow()) {
            String table = node.run("main.mjs", List.of(server.url(), narrow.url()), Map.of());
            System.out.println("npm " + CLIENT + "\n" + table);
        }
    }

    @Test
    void cohereForNode() throws Exception {
        NodeFolder node = NodeFolder.with(COHERE).copy("cohere");
        try (DemoServer server = DemoServer.start()) {
            String table = node.run("main.mjs", List.of(server.url()), Map.of());
            System.out.println("npm " + COHERE + "\n" + table);
        }
    }
}
