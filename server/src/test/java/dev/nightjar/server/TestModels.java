package dev.nightjar.server;

import dev.nightjar.engine.DemoModels;
import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.LoadOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Models to test with. */
public final class TestModels {

    /** The name that {@link #open} serves its model under: with a slash, as many have. */
    public static final String NAME = "nightjar/test-model";

    /** The encoder of vectors that {@link #openWithEncoders} adds. */
    public static final String EMBEDDER = "test/embedder";

    /** The encoder that puts texts in order. */
    public static final String RERANKER = "test-reranker";

    /** The encoder that labels texts. */
    public static final String CLASSIFIER = "test-classifier";

    /** The model of rows that {@link #openWithEncoders} adds: the one that ships. */
    public static final String PREDICTOR = DemoModels.ROWS;

    private static final Map<String, String> ENCODERS =
            Map.of(
                    EMBEDDER, "golden/bert-mean/model.gguf",
                    RERANKER, "golden/bert-rerank/model.gguf",
                    CLASSIFIER, "golden/bert-classify/model.gguf");

    private static final String STORIES = "data/lm/stories260K-f32.gguf";

    private TestModels() {}

    /** An engine with a small trained model and a chat template. */
    public static Engine open(LoadOptions options) {
        return open(NAME, options);
    }

    /** With a name of its own. */
    public static Engine open(String name, LoadOptions options) {
        return open(name, options, "chatml");
    }

    /** With a chat template by name. */
    public static Engine open(String name, LoadOptions options, String template) {
        return Engine.builder()
                .options(options.withChatTemplate(template))
                .model(name, text())
                .open();
    }

    /** Whether the files of encoders are there. */
    public static boolean hasEncoders() {
        return ENCODERS.values().stream().allMatch(file -> Files.exists(sharedPath(file)));
    }

    /**
     * As {@link #open(LoadOptions)}, a model of rows, and one encoder of each task where their
     * files are there.
     */
    public static Engine openWithEncoders(LoadOptions options) {
        Engine.Builder builder =
                Engine.builder().options(options.withChatTemplate("chatml")).model(NAME, text());
        builder.options(LoadOptions.defaults());
        builder.demoRows();
        if (hasEncoders()) {
            ENCODERS.forEach((name, file) -> builder.model(name, sharedPath(file)));
        }
        return builder.open();
    }

    private static Path text() {
        Path stories = sharedPath(STORIES);
        return Files.exists(stories) ? stories : demo();
    }

    /** The model that ships with the engine. */
    public static Path demo() {
        return root().resolve(
                        "engine/src/main/resources/dev/nightjar/engine/demo/nightjar-demo.gguf");
    }

    /** A trained model of 260,000 parameters; skips the test where it is missing. */
    public static Path stories() {
        return shared(STORIES);
    }

    /** A file of the shared folder; skips the test where it is missing. */
    public static Path shared(String name) {
        Path file = sharedPath(name);
        if (!Files.exists(file)) {
            Assumptions.abort("test data is missing: " + file + "; set NIGHTJAR_SHARED");
        }
        return file;
    }

    private static Path sharedPath(String name) {
        String folder = System.getenv("NIGHTJAR_SHARED");
        return (folder == null ? root().resolve("../shared") : Path.of(folder)).resolve(name);
    }

    /** Where the sources and documents of this project lie. */
    static Path projectRoot() {
        return root();
    }

    private static Path root() {
        String root = System.getenv("NIGHTJAR_ROOT");
        return root == null ? Path.of("").toAbsolutePath().getParent() : Path.of(root);
    }
}
