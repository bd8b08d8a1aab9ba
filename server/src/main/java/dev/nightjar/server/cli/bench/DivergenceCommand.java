package dev.nightjar.server.cli.bench;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.accuracy.BaseFile;
import dev.nightjar.server.accuracy.ChunkedText;
import dev.nightjar.server.accuracy.Divergence;
import dev.nightjar.server.cli.flags.ModelFlags;
import dev.nightjar.server.statistics.Sample;
import dev.nightjar.server.terminal.Console;
import dev.nightjar.server.terminal.Progress;
import dev.nightjar.server.terminal.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Says how far one model's predictions are from another's. */
@Command(
        name = "kl",
        description = {
            "Compare the predictions of a model with those of another run.",
            "First: kl --model f32.gguf --file TEXT --save-base FILE. Then, for each model with the"
                    + " same vocabulary or each kernel: kl --model q4_0.gguf --base FILE."
        },
        mixinStandardHelpOptions = true,
        versionProvider = SynthesizeCommand.VersionLine.class)
public final class DivergenceCommand implements Callable<Integer> {

    @ParentCommand private Console console;
    @Mixin private ModelFlags modelFlags = new ModelFlags();
    @Mixin private TextFlags textFlags = new TextFlags();

    @Option(
            names = "--save-base",
            paramLabel = "FILE",
            description = "Write the predictions of this run, two bytes for each logit.")
    private Path saved;

    @Option(
            names = "--base",
            paramLabel = "FILE",
            description = "Compare with these; the text is that of the file.")
    private Path base;

    @Override
    public Integer call() throws IOException {
        if ((base == null) == (saved == null)) {
            throw new InvalidRequestException(
                    "base", "expected either --base or --save-base; see kl --help");
        }
        if (base != null && textFlags.isGiven()) {
            throw new InvalidRequestException(
                    "file", "the text is that of --base; leave --file out");
        }
        try (Engine engine = modelFlags.openExact(PerplexityCommand.IN_ROWS)) {
            if (saved != null) {
                save(engine.model());
            } else {
                compare(engine.model());
            }
        }
        return 0;
    }

    private void save(TextModel model) throws IOException {
        ChunkedText text = textFlags.read(model);
        try (BaseFile.Writer writer = new BaseFile.Writer(saved, text, model.vocabSize())) {
            score(model, text, writer);
        }
        console.err()
                .printf(
                        "%s: %d tokens scored of %d chunks of %d%n",
                        saved,
                        text.scoredPerChunk() * text.chunks().size(),
                        text.chunks().size(),
                        text.size());
    }

    private void compare(TextModel model) throws IOException {
        try (BaseFile.Reader reader = new BaseFile.Reader(base)) {
            if (reader.vocabSize() != model.vocabSize()) {
                throw new IllegalStateException(
                        "%s has a vocabulary of %d tokens, model %s one of %d; they cannot be compared"
                                .formatted(
                                        base, reader.vocabSize(), model.name(), model.vocabSize()));
            }
            Divergence divergence = new Divergence(reader);
            score(model, reader.text(), divergence);
            print(divergence);
        }
    }

    private void score(TextModel model, ChunkedText text, ChunkedText.Scorer scorer) {
        Progress progress = new Progress(console.err(), "chunk", text.chunks().size());
        for (int chunk = 0; chunk < text.chunks().size(); chunk++) {
            text.score(model, chunk, scorer);
            progress.reached(chunk + 1);
        }
    }

    private void print(Divergence divergence) {
        Sample sample = divergence.divergences();
        TextTable table = new TextTable(TextTable.Align.LEFT, TextTable.Align.LEFT);
        table.row(
                "mean KL divergence",
                "%s ± %s nats".formatted(small(sample.mean()), small(sample.standardError())));
        for (double share : new double[] {0.5, 0.9, 0.95, 0.99, 0.999}) {
            String name = String.format(Locale.ROOT, "P%s", trimmed(share * 100));
            table.row(name, small(sample.quantile(share)));
        }
        table.row("largest", small(sample.max()));
        table.row(
                "same likeliest token",
                String.format(Locale.ROOT, "%.3f %%", 100 * divergence.sameTopShare()));
        table.row("NMSE of logits", small(divergence.normalizedError()));
        double own = divergence.perplexity().value();
        double other = divergence.basePerplexity().value();
        table.row(
                "perplexity",
                String.format(Locale.ROOT, "%.4f, base %.4f, ratio %.5f", own, other, own / other));
        table.row("tokens", Integer.toString(sample.size()));
        table.print(console.out());
        console.out().flush();
    }

    private static String trimmed(double percent) {
        return String.format(Locale.ROOT, "%.1f", percent).replace(".0", "");
    }

    private static String small(double value) {
        return String.format(Locale.ROOT, "%.3e", value);
    }
}
