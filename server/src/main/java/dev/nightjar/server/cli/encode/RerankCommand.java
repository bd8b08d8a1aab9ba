package dev.nightjar.server.cli.encode;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.EncoderTask;
import dev.nightjar.engine.encoder.Overflow;
import dev.nightjar.engine.encoder.RankedText;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.server.cli.flags.ModelKind;
import dev.nightjar.server.terminal.Console;
import dev.nightjar.tokenizer.encoding.TextInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Sorts texts by how well they suit a query. */
@Command(
        name = "rerank",
        description = "Sort texts by how well they suit a query, the best first.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
public final class RerankCommand implements Callable<Integer> {

    @ParentCommand private Console console;
    @Mixin private EncoderFlags encoderFlags = new EncoderFlags();
    @Mixin private InputFlags inputFlags = new InputFlags();

    @Option(
            names = {"-q", "--query"},
            paramLabel = "TEXT",
            required = true,
            description = "What the texts should answer.")
    private String query;

    @Option(
            names = "--format",
            paramLabel = "json|table",
            description =
                    "A JSON object per text, or columns. Default: table on a terminal, else json.")
    private OutputFormat format;

    @Option(
            names = "--raw-scores",
            description = "Scores as computed, not mapped to 0 to 1 by a sigmoid.")
    private boolean isRaw;

    @Option(names = "--top", paramLabel = "N", description = "The best N only; default: all.")
    private int top = Integer.MAX_VALUE;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireUsable();
        List<String> texts = inputFlags.read(console);
        try (Engine engine = encoderFlags.open(EncoderTask.RERANK)) {
            EncoderModel model = ModelKind.requireEncoder(engine, EncoderTask.RERANK);
            List<RankedText> ranked = new ArrayList<>(texts.size());
            Cost cost =
                    new EncodeJob(
                                    model,
                                    texts,
                                    text ->
                                            model.encode(
                                                    TextInput.ofPair(query, text), Overflow.REFUSE))
                            .run(console, (piece, first) -> score(model, piece, first, ranked));
            // Texts of the same score stay in order, whatever pieces they were in.
            ranked.sort(
                    Comparator.<RankedText>comparingDouble(text -> -text.rawScore())
                            .thenComparingInt(RankedText::index));
            List<RankedText> best = ranked.subList(0, Math.min(top, ranked.size()));
            new RankedTexts(best, texts, isRaw).print(console.out(), OutputFormat.or(format));
            Results.flush(console.out());
            console.err().println(cost.line());
        }
        return 0;
    }

    private void requireUsable() {
        if (query.isBlank()) {
            throw new InvalidRequestException("query", "--query: expected a text, found none");
        }
        if (top < 1) {
            throw new InvalidRequestException("top", "--top: expected at least 1, found " + top);
        }
    }

    private long score(EncoderModel model, List<String> piece, int first, List<RankedText> to)
            throws InterruptedException {
        long tokens = 0;
        for (RankedText text : model.rerank(query, piece, inputFlags.overflow())) {
            tokens += text.numTokens();
            int index = first + text.index();
            to.add(new RankedText(index, text.score(), text.rawScore(), text.numTokens()));
        }
        return tokens;
    }
}
