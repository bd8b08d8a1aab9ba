package dev.nightjar.server.cli.flags;

import dev.nightjar.engine.hub.store.ModelStore;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the models of this machine are. */
public final class StoreFlags {

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description =
                    "Folder of the models; default: NIGHTJAR_MODELS, NIGHTJAR_HOME/models or"
                            + " ~/.nightjar/models.")
    private Path store;

    /** The store. */
    public ModelStore store() {
        return store == null ? ModelStore.ofUser() : new ModelStore(store);
    }
}
