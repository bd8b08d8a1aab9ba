package dev.nightjar.server.cli;

import dev.nightjar.engine.Engine;
import dev.nightjar.server.NightjarServer;
import dev.nightjar.server.ServerOptions;
import java.nio.file.Path;

/** Command line. */
public final class Cli {
    private Cli() {}

    /** Runs. */
    public static void main(String[] args) throws Exception {
        NightjarServer server =
                NightjarServer.start(Engine.open(Path.of(args[0])), ServerOptions.defaults());
        System.out.println("port " + server.port());
        Thread.currentThread().join();
    }
}
