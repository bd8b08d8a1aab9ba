package dev.nightjar.server.cli.bench;

import dev.nightjar.server.report.Report;
import dev.nightjar.server.report.ReportInputs;
import dev.nightjar.server.terminal.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Draws result files. */
@Command(
        name = "report",
        description = {
            "Draw result files as one HTML page that needs no network.",
            "Takes what bench, bench http and the kernel benchmarks write, and llama-bench -o json."
        },
        mixinStandardHelpOptions = true,
        versionProvider = SynthesizeCommand.VersionLine.class)
final class ReportCommand implements Callable<Integer> {

    @ParentCommand private Console console;

    @Parameters(
            paramLabel = "RESULTS.json",
            arity = "1..*",
            description = "Files in the order in which they are compared.")
    private List<Path> files;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The page.")
    private Path out;

    @Option(names = "--title", description = "Its title; default: ${DEFAULT-VALUE}.")
    private String title = "Nightjar measurements";

    @Override
    public Integer call() throws IOException {
        ReportInputs inputs = ReportInputs.read(files);
        Files.writeString(out, new Report(title, inputs).toHtml());
        console.err().println(out + ": written");
        return 0;
    }
}
