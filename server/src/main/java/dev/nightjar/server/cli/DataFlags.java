package dev.nightjar.server.cli;

import dev.nightjar.server.config.NightjarConfig;
import dev.nightjar.server.store.StoreConfig;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which store a command works on: the same one as {@code serve} with the same flags. */
final class DataFlags {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file of the server; default: $NIGHTJAR_CONFIG, or none.")
    private Path configFile;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Data folder of the server; default: NIGHTJAR_HOME/data or"
                            + " ~/.nightjar/data.")
    private Path folder;

    /**
     * The store's configuration.
     *
     * @throws dev.nightjar.server.yaml.ConfigException if the file cannot be used
     */
    StoreConfig store() {
        StoreConfig store =
                Optional.ofNullable(configFile)
                        .or(
                                () ->
                                        Optional.ofNullable(System.getenv("NIGHTJAR_CONFIG"))
                                                .map(Path::of))
                        .map(NightjarConfig::read)
                        .orElseGet(NightjarConfig::defaults)
                        .store();
        return folder == null ? store : store.withFolder(folder);
    }
}
