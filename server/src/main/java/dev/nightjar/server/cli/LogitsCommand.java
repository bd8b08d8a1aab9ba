package dev.nightjar.server.cli;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.request.EncoderInput;
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
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Writes what the model computes, for comparison with other implementations. */
@Command(
        name = "logits",
        description = {
            "Write the logits after each token as little-endian 32-bit floats [T, V].",
            "An encoder writes its vector before normalization, or the scores of its head."
        },
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
            if (engine.models().isEmpty()) {
                writeResult(engine.encoders().getFirst());
            } else {
                writeLogits(engine.model());
            }
        }
        return 0;
    }

    private void writeLogits(TextModel model) throws IOException {
        int[] ids = ids(model.vocabSize());
        Progress progress = new Progress(cli.streams().err(), "position", ids.length);
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(out))) {
            LogitsWriter writer = new LogitsWriter(file, progress);
            model.logits(ids, writer);
        }
        cli.streams().err().printf("%s: [%d, %d] float32%n", out, ids.length, model.vocabSize());
    }

    private void writeResult(EncoderModel model) throws IOException {
        EncoderInput input = EncoderInput.of(ids(model.vocabSize()));
        float[] result = compute(model, input);
        Progress progress = new Progress(cli.streams().err(), "text", 1);
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(out))) {
            new LogitsWriter(file, progress).accept(0, result);
        }
        cli.streams().err().printf("%s: [%d] float32%n", out, result.length);
    }

    private static float[] compute(EncoderModel model, EncoderInput input) {
        try {
            return model.compute(List.of(input))[0];
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while computing");
        }
    }

    private int[] ids(int vocabSize) {
        return tokens.stream().mapToInt(word -> TokenIds.parse(word.strip(), vocabSize)).toArray();
    }
}
