package dev.nightjar.server.cli.bench;

import dev.nightjar.server.bench.BenchRow;
import dev.nightjar.server.bench.BenchRows;
import dev.nightjar.server.bench.Comparison;
import dev.nightjar.server.terminal.Console;
import dev.nightjar.server.terminal.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says how many times as fast one run was as another. */
@Command(
        name = "compare",
        description = {
            "Compare two result files test by test: the second over the first.",
            "Files of llama-bench (-o json) are read as well. A ratio is beyond noise if the"
                    + " slowest run of one and the fastest of the other agree with it."
        },
        mixinStandardHelpOptions = true,
        versionProvider = SynthesizeCommand.VersionLine.class)
final class CompareCommand implements Callable<Integer> {

    @ParentCommand private Console console;

    @Parameters(index = "0", paramLabel = "A.json", description = "The results to compare with.")
    private Path before;

    @Parameters(index = "1", paramLabel = "B.json", description = "The results to judge.")
    private Path after;

    @Option(
            names = "--fail-below",
            paramLabel = "R",
            description = "Exit with 1 if any ratio of medians is below R, such as 0.95.")
    private Double failBelow;

    @Override
    public Integer call() throws IOException {
        List<BenchRow> first = BenchRows.read(before);
        List<BenchRow> second = BenchRows.read(after);
        List<Comparison> comparisons = Comparison.of(first, second);
        if (comparisons.isEmpty()) {
            throw new IllegalStateException(
                    "%s and %s have no test of a model in common".formatted(before, after));
        }
        print(comparisons);
        long low = comparisons.stream().filter(this::isTooLow).count();
        if (low > 0) {
            console.err()
                    .printf(
                            Locale.ROOT,
                            "%d of %d ratios are below %s%n",
                            low,
                            comparisons.size(),
                            failBelow);
        }
        return low > 0 ? 1 : 0;
    }

    private boolean isTooLow(Comparison comparison) {
        return failBelow != null && comparison.ratio() < failBelow;
    }

    private void print(List<Comparison> comparisons) {
        TextTable.Align left = TextTable.Align.LEFT;
        TextTable.Align right = TextTable.Align.RIGHT;
        TextTable table = new TextTable(left, left, right, right, right, left, left);
        table.row("model", "test", "A", "B", "B / A", "bounds", "beyond noise");
        for (Comparison comparison : comparisons) {
            table.row(
                    comparison.model(),
                    comparison.test(),
                    number(comparison.before()),
                    number(comparison.after()),
                    number(comparison.ratio()),
                    number(comparison.lowest()) + " to " + number(comparison.highest()),
                    !comparison.isBeyondNoise()
                            ? "no"
                            : comparison.ratio() > 1 ? "yes, faster" : "yes, slower");
        }
        table.print(console.out());
        console.out().flush();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.3f" : "%.1f", value);
    }
}
