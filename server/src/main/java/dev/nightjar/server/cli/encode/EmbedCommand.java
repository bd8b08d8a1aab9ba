package dev.nightjar.server.cli.encode;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.encoder.EmbedOptions;
import dev.nightjar.engine.encoder.Embedding;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.engine.encoder.Prompt;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.server.cli.flags.ModelKind;
import dev.nightjar.server.terminal.Console;
import dev.nightjar.server.terminal.Terminals;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Turns texts into vectors. */
@Command(
        name = "embed",
        description = "Turn texts into vectors, or show how similar they are.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
public final class EmbedCommand implements Callable<Integer> {

    @ParentCommand private Console console;
    @Mixin private EncoderFlags encoderFlags = new EncoderFlags();
    @Mixin private InputFlags inputFlags = new InputFlags();

    @Option(
            names = "--format",
            paramLabel = "json|table|similarity",
            description =
                    "An array of numbers per line, the beginnings in a table, or the cosine of each"
                            + " pair. Default: table on a terminal, else json.")
    private Format format;

    @Option(
            names = "--dimensions",
            paramLabel = "N",
            description = "Keep the first N numbers of each vector; default: all.")
    private Integer dimensions;

    @Option(names = "--raw", description = "Vectors as computed, not scaled to length 1.")
    private boolean isRaw;

    @Option(
            names = "--prompt-name",
            paramLabel = "NAME",
            description =
                    "The prompt of the model's files that goes in front of each text, such as query;"
                            + " default: theirs, if they have one.")
    private String promptName;

    @Option(
            names = "--prompt",
            paramLabel = "TEXT",
            description = "What goes in front of each text instead; empty for nothing.")
    private String prompt;

    /** How vectors are written. */
    private enum Format {
        JSON,
        TABLE,
        SIMILARITY
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        EmbedOptions options = options();
        List<String> texts = inputFlags.read(console);
        VectorWriter writer = writer(texts.size());
        try (Engine engine = encoderFlags.open(EncoderTask.EMBED)) {
            EncoderModel model = ModelKind.requireEncoder(engine, EncoderTask.EMBED);
            Cost cost =
                    new EncodeJob(
                                    model,
                                    texts,
                                    text -> model.encode(text, options, model.maxInputTokens()))
                            .run(
                                    console,
                                    (piece, first) ->
                                            write(piece, model.embed(piece, options), writer));
            writer.end();
            Results.flush(console.out());
            console.err().println(cost.line());
        }
        return 0;
    }

    private static long write(List<String> texts, List<Embedding> vectors, VectorWriter writer) {
        for (int i = 0; i < texts.size(); i++) {
            writer.add(texts.get(i), vectors.get(i).vector());
        }
        return vectors.stream().mapToLong(Embedding::numTokens).sum();
    }

    private EmbedOptions options() {
        EmbedOptions options = EmbedOptions.defaults().withOverflow(inputFlags.overflow());
        if (isRaw) {
            options = options.withScaling(EmbedOptions.Scaling.RAW);
        }
        if (promptName != null && prompt != null) {
            throw new InvalidRequestException(
                    "prompt", "--prompt and --prompt-name exclude each other");
        }
        if (promptName != null) {
            options = options.withPrompt(new Prompt.Named(promptName));
        }
        if (prompt != null) {
            options = options.withPrompt(new Prompt.Text(prompt));
        }
        return dimensions == null ? options : options.withDimensions(dimensions);
    }

    private VectorWriter writer(int numTexts) {
        Format usual = Terminals.isOutTerminal() ? Format.TABLE : Format.JSON;
        return switch (format == null ? usual : format) {
            case JSON -> new VectorLines(console.out());
            case TABLE -> new VectorTable(console.out());
            case SIMILARITY -> SimilarityTable.of(numTexts, console.out());
        };
    }
}
