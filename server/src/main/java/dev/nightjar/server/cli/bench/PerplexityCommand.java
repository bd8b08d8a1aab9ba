package dev.nightjar.server.cli.bench;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.accuracy.ChunkedText;
import dev.nightjar.server.accuracy.Perplexity;
import dev.nightjar.server.cli.flags.ModelFlags;
import dev.nightjar.server.terminal.Console;
import dev.nightjar.server.terminal.Progress;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Says how well a model predicts a text. */
@Command(
        name = "perplexity",
        description = {
            "Compute the perplexity of a text, exactly.",
            "Chunks follow one another; the second half of each is scored, as llama.cpp does."
        },
        mixinStandardHelpOptions = true,
        versionProvider = SynthesizeCommand.VersionLine.class)
public final class PerplexityCommand implements Callable<Integer> {

    /** Rows whose logits are computed together. */
    static final LoadOptions IN_ROWS =
            LoadOptions.defaults().withMaxSequences(64).withMaxBatchedTokens(64);

    @ParentCommand private Console console;
    @Mixin private ModelFlags modelFlags = new ModelFlags();
    @Mixin private TextFlags textFlags = new TextFlags();

    @Override
    public Integer call() throws IOException {
        try (Engine engine = modelFlags.openExact(IN_ROWS)) {
            ChunkedText text = textFlags.read(engine.model());
            Progress progress = new Progress(console.err(), "chunk", text.chunks().size());
            Perplexity perplexity = new Perplexity();
            for (int chunk = 0; chunk < text.chunks().size(); chunk++) {
                text.score(engine.model(), chunk, perplexity);
                progress.reached(chunk + 1);
            }
            console.out()
                    .printf(
                            Locale.ROOT,
                            "perplexity %.4f ± %.4f over %d tokens, %d chunks of %d%n",
                            perplexity.value(),
                            perplexity.uncertainty(),
                            perplexity.count(),
                            text.chunks().size(),
                            text.size());
            console.out().flush();
        }
        return 0;
    }
}
