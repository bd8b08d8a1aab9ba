package dev.nightjar.server.cli;

import dev.nightjar.kernels.backend.Backends;
import dev.nightjar.kernels.backend.DeviceReport;
import dev.nightjar.server.terminal.TextTable;
import dev.nightjar.server.terminal.TextTable.Align;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Shows what could compute on this machine, and why the rest cannot. */
@Command(
        name = "devices",
        description = "List what this machine can compute on, and why it cannot on the rest.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class DevicesCommand implements Callable<Integer> {

    @ParentCommand private Cli cli;

    @Override
    public Integer call() {
        PrintStream out = cli.streams().out();
        TextTable table = new TextTable(Align.LEFT, Align.LEFT, Align.LEFT);
        table.row("--device", "backend", "found");
        for (DeviceReport report : Backends.devices()) {
            report.found()
                    .forEach(found -> table.row(found.id(), report.backend(), found.description()));
            report.refusal()
                    .ifPresent(
                            reason ->
                                    table.row(
                                            report.device(),
                                            report.backend(),
                                            "not usable: " + reason));
        }
        table.print(out);
        out.flush();
        return 0;
    }
}
