package dev.nightjar.server.cli.encode;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.encoder.Classification;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.engine.encoder.Overflow;
import dev.nightjar.server.cli.flags.ModelKind;
import dev.nightjar.server.terminal.Console;
import dev.nightjar.tokenizer.encoding.TextInput;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Says which labels suit texts. */
@Command(
        name = "classify",
        description = "Give texts the labels of a classifier, the likeliest first.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
public final class ClassifyCommand implements Callable<Integer> {

    @ParentCommand private Console console;
    @Mixin private EncoderFlags encoderFlags = new EncoderFlags();
    @Mixin private InputFlags inputFlags = new InputFlags();

    @Option(
            names = "--format",
            paramLabel = "json|table",
            description =
                    "A JSON object per text, or columns. Default: table on a terminal, else json.")
    private OutputFormat format;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> texts = inputFlags.read(console);
        LabelWriter writer = LabelWriter.of(OutputFormat.or(format), console.out());
        try (Engine engine = encoderFlags.open(EncoderTask.CLASSIFY)) {
            EncoderModel model = ModelKind.requireEncoder(engine, EncoderTask.CLASSIFY);
            Cost cost =
                    new EncodeJob(
                                    model,
                                    texts,
                                    text -> model.encode(TextInput.of(text), Overflow.REFUSE))
                            .run(console, (piece, first) -> write(model, piece, writer));
            writer.end();
            Results.flush(console.out());
            console.err().println(cost.line());
        }
        return 0;
    }

    private long write(EncoderModel model, List<String> piece, LabelWriter writer)
            throws InterruptedException {
        List<Classification> results = model.classify(piece, inputFlags.overflow());
        for (int i = 0; i < results.size(); i++) {
            writer.add(piece.get(i), results.get(i).labels());
        }
        return results.stream().mapToLong(Classification::numTokens).sum();
    }
}
