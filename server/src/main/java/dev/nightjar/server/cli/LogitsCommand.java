package dev.nightjar.server.cli;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.cli.flags.ModelFlags;
import dev.nightjar.server.terminal.Progress;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Writes what the model computes, for comparison with other implementations. */
@Command(
        name = "logits",
        description = "Write the logits after each token as little-endian 32-bit floats [T, V].",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class LogitsCommand implements Callable<Integer> {

    @ParentCommand private Cli cli;
    @Mixin private ModelFlags modelFlags = new ModelFlags();

    @Option(
            names = "--tokens",
            paramLabel = "ID",
            split = ",",
            required = true,
            description = "Token ids, such as 1,2,3; taken as they are.")
    private List<String> tokens;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where to write.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        try (Engine engine = modelFlags.openExact()) {
            TextModel model = engine.model();
            int[] ids =
                    tokens.stream()
                            .mapToInt(word -> TokenIds.parse(word.strip(), model.vocabSize()))
                            .toArray();
            Progress progress = new Progress(cli.streams().err(), "position", ids.length);
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(out))) {
                LogitsWriter writer = new LogitsWriter(file, progress);
                model.logits(ids, writer);
            }
            cli.streams()
                    .err()
                    .printf("%s: [%d, %d] float32%n", out, ids.length, model.vocabSize());
        }
        return 0;
    }
}
