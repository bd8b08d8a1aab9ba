package dev.nightjar.server.cli;

import dev.nightjar.server.config.KeyReference;
import dev.nightjar.server.config.NightjarConfig;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Helps with configuration files. */
@Command(
        name = "config",
        description = "Check a configuration file, or list what one may say.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = VersionLine.class)
final class ConfigCommand implements Runnable {

    @ParentCommand private Cli cli;
    @Spec private CommandSpec spec;

    /** Without a command there is nothing to do but to help. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say check or keys");
    }

    @Command(
            name = "check",
            description = "Read a file as serve would, without starting anything.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionLine.class)
    private int check(
            @Parameters(paramLabel = "FILE", description = "Such as nightjar.yaml.") Path file) {
        NightjarConfig.read(file);
        cli.streams().out().println(file + " is good");
        cli.streams().out().flush();
        return 0;
    }

    @Command(
            name = "keys",
            description = "List all keys with what they take and mean.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionLine.class)
    private int keys() {
        for (KeyReference.Entry key : KeyReference.all()) {
            cli.streams().out().printf("%s (%s)%n    %s%n", key.path(), key.type(), key.help());
        }
        cli.streams().out().flush();
        return 0;
    }
}
