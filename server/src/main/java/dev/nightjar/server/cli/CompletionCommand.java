package dev.nightjar.server.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints a script that lets a shell complete commands and flags. */
@Command(
        name = "completion",
        description = "Print a completion script for bash and zsh: source <(nightjar completion)",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class CompletionCommand implements Callable<Integer> {

    @ParentCommand private Cli cli;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        cli.streams().out().print(AutoComplete.bash("nightjar", spec.parent().commandLine()));
        cli.streams().out().flush();
        return 0;
    }
}
