package dev.nightjar.server.cli.predict;

import dev.nightjar.server.api.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionLine implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"nightjar " + Version.current()};
    }
}
