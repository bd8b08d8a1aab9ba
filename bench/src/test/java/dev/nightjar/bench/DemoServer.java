package dev.nightjar.bench;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.NightjarServer;
import dev.nightjar.server.ServerOptions;
import java.util.List;

/** A server on a free port with the demo model, under each name that the documents call one. */
public final class DemoServer implements AutoCloseable {

    /** The name that also fits where a path has room for one segment. */
    public static final String MODEL = "nightjar-demo";

    /** A name with a slash, as many have. */
    public static final String SLASHED = "Qwen/Qwen2.5-3B-Instruct";

    /** A name that stands before the version of the path, in the first document. */
    public static final String BLUEFLY = "bluefly-text-1";

    private static final List<String> NAMES =
            List.of(MODEL, BLUEFLY, SLASHED, "bigscience/bloomz-1b1");
    private static final String FILE =
            "engine/src/main/resources/dev/nightjar/engine/demo/nightjar-demo.gguf";
    private static final long KV_BYTES = 64L << 20;

    private final NightjarServer server;

    private DemoServer(LoadOptions options, List<String> names) {
        Engine.Builder engine = Engine.builder().options(options.withKvBytes(KV_BYTES));
        names.forEach(name -> engine.model(name, Project.root().resolve(FILE)));
        server =
                NightjarServer.start(
                        engine.open(), ServerOptions.defaults().withAddress("127.0.0.1", 0));
    }

    /** With room for every request. */
    public static DemoServer start() {
        return new DemoServer(LoadOptions.defaults(), NAMES);
    }

    /** Runs one sequence, lets one wait and refuses all others. */
    public static DemoServer startNarrow() {
        return new DemoServer(
                LoadOptions.defaults().withMaxSequences(1).withMaxQueued(1), List.of(MODEL));
    }

    /** Where it listens, without a path. */
    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
