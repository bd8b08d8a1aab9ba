package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.catalog.CatalogSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What files of models suggest for sampling: followed where that is wanted, under the request. */
final class ModelSamplingTest {

    private static final String DIALECT = "dialect";
    private static final String MODEL = "model";

    @TempDir private static Path ggufFolder;
    @TempDir private static Path folder;

    private static TestServer plain;
    private static TestServer following;

    @BeforeAll
    static void start() throws IOException {
        Path gguf = SuggestingModels.gguf(ggufFolder);
        SuggestingModels.folder(folder);
        plain = start(gguf, CatalogSource.standard());
        following = start(gguf, CatalogSource.standard().withModelSampling());
    }

    /** One line each, with file, key and value; the model loads all the same. */
    @Test
    void x1_unusableSuggestionsAreLogged() {
        Logger logger = Logger.getLogger("dev.nightjar.engine.format.StatedSampling");
        LineCollector lines = new LineCollector();
        logger.addHandler(lines);
        logger.setUseParentHandlers(false);
        try (Engine engine = Engine.builder().model(folder).open()) {
            assertFalse(engine.model().samplingDefaults().values().isEmpty());
            String line = folder.resolve("generation_config.json") + ": min_p is ignored: ";
            assertEquals(1, lines.lines.size(), lines.lines.toString());
            assertTrue(lines.lines.getFirst().startsWith(line), lines.lines.toString());
            assertTrue(lines.lines.getFirst().endsWith("found 7.0"), lines.lines.toString());
        } finally {
            logger.setUseParentHandlers(true);
            logger.removeHandler(lines);
        }
    }

    /** Keeps messages. */
    private static final class LineCollector extends Handler {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            lines.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static TestServer start(Path gguf, CatalogSource catalog) {
        Engine engine =
                Engine.builder()
                        .options(LoadOptions.defaults().withMaxContext(64))
                        .model("gguf", gguf)
                        .model("folder", folder)
                        .open();
        return new TestServer(engine, ServerOptions.defaults().withCatalog(catalog));
    }

    @AfterAll
    static void stop() {
        if (plain != null) {
            plain.close();
        }
        if (following != null) {
            following.close();
        }
    }

    private static Json effective(String defaults, String path, String body) {
        TestServer server = defaults.equals(MODEL) ? following : plain;
        HttpReply reply = server.post(path, body, "X-Debug-Sampling", "1");
        assertEquals(200, reply.status(), reply.body());
        return Json.of(reply.header("X-Effective-Sampling").orElseThrow());
    }

    private static Json completion(String defaults, String model, String more) {
        return effective(
                defaults,
                "/v1/completions",
                "{\"model\":\"%s\",\"prompt\":\"abc\",\"max_tokens\":1%s}".formatted(model, more));
    }

    private static void assertSampling(
            Json shown, double temperature, int topK, double topP, double penalty) {
        assertEquals(temperature, number(shown, "temperature"), 1e-6);
        assertEquals(topK, number(shown, "top_k"));
        assertEquals(topP, number(shown, "top_p"), 1e-6);
        assertEquals(penalty, number(shown, "repetition_penalty"), 1e-6);
        assertEquals(0, number(shown, "min_p"));
        assertEquals(-1, number(shown, "repeat_last_n"));
    }

    private static double number(Json shown, String name) {
        return shown.at(name).number();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gguf", "folder"})
    void x1_suggestionsOfFilesAreNotFollowedUnasked(String model) {
        assertSampling(completion(DIALECT, model, ""), 1, 0, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gguf", "folder"})
    void x1_suggestionsOfFilesGoBeforeTheDialect(String model) {
        assertSampling(completion(MODEL, model, ""), 0.6, 20, 0.95, 1.05);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gguf", "folder"})
    void x1_theRequestWins(String model) {
        String all = ",\"temperature\":0,\"top_k\":-1,\"top_p\":1,\"repetition_penalty\":1";
        assertSampling(completion(MODEL, model, all), 0, 0, 1, 1);
        assertSampling(completion(MODEL, model, ",\"top_p\":0.5"), 0.6, 20, 0.5, 1.05);
        assertSampling(completion(MODEL, model, ",\"temperature\":null"), 0.6, 20, 0.95, 1.05);
    }

    /** The ids that the documents name stand for the first model. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/v1/models/bluefly-text-1/generate | \"prompt\":\"a\"                | 0.7 | 0.6",
                "/generate | \"text\":\"a\",\"max_tokens\":1                              | 1   | 0.6",
                "/generate | \"inputs\":\"a\"                                             | 0   | 0.6",
                "/generate | \"inputs\":\"a\",\"parameters\":{\"top_k\":3}                | 1   | 0.6",
                "/generate | \"inputs\":\"a\",\"parameters\":{\"do_sample\":true}         | 1   | 0.6",
                "/generate | \"inputs\":\"a\",\"parameters\":{\"do_sample\":false}        | 0   | 0",
                "/generate | \"inputs\":\"a\",\"parameters\":{\"temperature\":0.5}        | 0.5 | 0.5",
                "/completions | \"prompt\":\"a\",\"max_tokens\":1                         | 1   | 0.6",
                "/completions | \"prompt\":\"a\",\"max_tokens\":1,\"do_sample\":false     | 0   | 0",
                "/models/gguf/proxy/v1/chat/completions | \"inputs\":\"a\",\"max_new_tokens\":1 | 0.7 | 0.6"
            })
    void x1_inEveryDialect(String path, String members, double without, double with) {
        String body = "{" + members + "}";
        assertEquals(without, number(effective(DIALECT, path, body), "temperature"), 1e-6);
        assertEquals(with, number(effective(MODEL, path, body), "temperature"), 1e-6);
    }
}
