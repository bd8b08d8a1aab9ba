package dev.nightjar.server.cli;

import dev.nightjar.server.store.KeyRotation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Looks after the database in the data folder. */
@Command(
        name = "store",
        description = "Look after the encrypted database in the data folder.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = VersionLine.class)
final class StoreCommand implements Runnable {

    @ParentCommand private Cli cli;
    @Spec private CommandSpec spec;

    /** Without a command there is nothing to do but to help. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say rotate-key");
    }

    @Command(
            name = "rotate-key",
            description =
                    "Encrypt the database with a new key, which takes the place of the old one;"
                            + " the server must be stopped.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionLine.class)
    private int rotateKey(@Mixin DataFlags data) {
        String place = KeyRotation.run(data.store());
        cli.streams().out().println("the database has a new key: " + place);
        cli.streams().out().flush();
        return 0;
    }
}
