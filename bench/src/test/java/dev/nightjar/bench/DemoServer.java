package dev.nightjar.bench;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.NightjarServer;
import dev.nightjar.server.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server on a free port with the demo models, that of text under each name that the documents
 * call one. With the property {@code nightjar.url} it is one that runs already and serves these
 * names.
 */
public final class DemoServer implements AutoCloseable {

    /** The name that also fits where a path has room for one segment. */
    public static final String MODEL = "nightjar-demo";

    /** A name with a slash, as many have. */
    public static final String SLASHED = "Qwen/Qwen2.5-3B-Instruct";

    /** A name that stands before the version of the path, in the first document. */
    public static final String BLUEFLY = "bluefly-text-1";

    private static final List<String> NAMES =
            List.of(MODEL, BLUEFLY, SLASHED, "bigscience/bloomz-1b1");

    /** The encoder of vectors; encoders are served where their files are there. */
    public static final String EMBEDDER = "embedder";

    /** The encoder of scores. */
    public static final String RERANKER = "reranker";

    /** The encoder of labels. */
    public static final String CLASSIFIER = "classifier";

    private static final Map<String, String> ENCODERS =
            Map.of(
                    EMBEDDER, "golden/bert-mean/model.gguf",
                    RERANKER, "golden/bert-rerank/model.gguf",
                    CLASSIFIER, "golden/bert-classify/model.gguf");

    private static final String FILE =
            "engine/src/main/resources/dev/nightjar/engine/demo/nightjar-demo.gguf";
    private static final long KV_BYTES = 64L << 20;

    private final Optional<NightjarServer> own;
    private final String url;

    private DemoServer(String runningUrl) {
        own = Optional.empty();
        url = runningUrl;
    }

    private DemoServer(LoadOptions options, List<String> names) {
        Engine.Builder engine = Engine.builder().options(options.withKvBytes(KV_BYTES));
        names.forEach(name -> engine.model(name, Project.root().resolve(FILE)));
        engine.demoEncoders();
        ENCODERS.forEach((name, file) -> addIfThere(engine, name, Project.sharedPath(file)));
        ServerOptions anyPort = ServerOptions.defaults().withAddress("127.0.0.1", 0);
        NightjarServer started = NightjarServer.start(engine.open(), anyPort);
        own = Optional.of(started);
        url = "http://127.0.0.1:" + started.port();
    }

    private static void addIfThere(Engine.Builder engine, String name, Path file) {
        if (Files.exists(file)) {
            engine.model(name, file);
        }
    }

    /** Skips a test that needs encoders where their files are missing. */
    public static void requireEncoders() {
        ENCODERS.values().forEach(Project::shared);
    }

    /** With room for every request. */
    public static DemoServer start() {
        String running = System.getProperty("nightjar.url");
        return running == null
                ? new DemoServer(LoadOptions.defaults(), NAMES)
                : new DemoServer(running);
    }

    /** Runs one sequence, lets one wait and refuses all others. */
    public static DemoServer startNarrow() {
        return new DemoServer(
                LoadOptions.defaults().withMaxSequences(1).withMaxQueued(1), List.of(MODEL));
    }

    /** Where it listens, without a path. */
    public String url() {
        return url;
    }

    @Override
    public void close() {
        own.ifPresent(NightjarServer::close);
    }
}
