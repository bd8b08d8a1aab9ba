package dev.nightjar.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Access tokens from the command line. */
@Command(
        name = "token",
        description = "Make, list and revoke access tokens, whether the server runs or not.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class},
        versionProvider = VersionLine.class)
final class TokenCommand implements Runnable {

    @Spec private CommandSpec spec;

    /** Without a command there is nothing to do but to help. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say create, list or revoke");
    }
}
