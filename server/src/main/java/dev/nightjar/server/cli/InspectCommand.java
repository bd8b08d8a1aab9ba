package dev.nightjar.server.cli;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.checkpoint.Checkpoints;
import dev.nightjar.engine.checkpoint.Inventory;
import dev.nightjar.engine.predict.Predictor;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.server.cli.flags.ByteSize;
import dev.nightjar.server.cli.flags.ModelPath;
import dev.nightjar.server.terminal.TextTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows what is in a checkpoint without loading it. */
@Command(
        name = "inspect",
        description = "List what is in a model file or folder: metadata, tensors, trees.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class InspectCommand implements Callable<Integer> {

    private static final int MAX_VALUE_LENGTH = 100;

    @ParentCommand private Cli cli;

    @Parameters(
            paramLabel = "MODEL",
            converter = ModelPath.class,
            description =
                    "A GGUF file, a model folder, a model of the store, or one of XGBoost,"
                            + " LightGBM or scikit-learn.")
    private Path path;

    @Override
    public Integer call() {
        PrintStream out = cli.streams().out();
        if (Predictor.isTabular(path)) {
            print(Predictor.open(path), out);
            out.flush();
            return 0;
        }
        try (Checkpoint checkpoint = Checkpoints.open(path)) {
            Inventory inventory = checkpoint.inventory();
            out.printf(
                    "%s: %s, %s, %d file(s), %d metadata keys, %d tensors%n",
                    checkpoint.name(),
                    inventory.format(),
                    new ByteSize(inventory.fileBytes()),
                    inventory.numFiles(),
                    inventory.metadata().size(),
                    inventory.tensors().size());
            printMetadata(inventory, out);
            if (!inventory.tensors().isEmpty()) {
                printTensors(inventory, out);
            }
        }
        out.flush();
        return 0;
    }

    private void print(TabularModel model, PrintStream out) {
        out.printf(
                "%s: %s, %d features%n",
                path.getFileName(), model.description(), model.numFeatures());
        TextTable table = new TextTable(TextTable.Align.LEFT, TextTable.Align.LEFT);
        model.details().forEach((key, value) -> table.row(key, abbreviated(value)));
        table.row("answers", model.kinds().toString().toLowerCase(Locale.ROOT));
        if (!model.featureNames().isEmpty()) {
            table.row("names", abbreviated(String.join(", ", model.featureNames())));
        }
        table.print(out);
    }

    private static void printMetadata(Inventory inventory, PrintStream out) {
        TextTable table = new TextTable(TextTable.Align.LEFT, TextTable.Align.LEFT);
        inventory.metadata().forEach((key, value) -> table.row(key, abbreviated(value)));
        out.println("\nmetadata");
        table.print(out);
    }

    private static void printTensors(Inventory inventory, PrintStream out) {
        TextTable table =
                new TextTable(
                        TextTable.Align.LEFT,
                        TextTable.Align.LEFT,
                        TextTable.Align.LEFT,
                        TextTable.Align.RIGHT);
        Map<String, Long> bytesByType = new TreeMap<>();
        Map<String, Integer> countByType = new TreeMap<>();
        for (Inventory.Item tensor : inventory.tensors()) {
            String type = tensor.dtype().toString();
            table.row(
                    tensor.name(),
                    type,
                    tensor.shape().toString(),
                    new ByteSize(tensor.bytes()).toString());
            bytesByType.merge(type, tensor.bytes(), Long::sum);
            countByType.merge(type, 1, Integer::sum);
        }
        out.println("\ntensors");
        table.print(out);
        TextTable totals =
                new TextTable(TextTable.Align.LEFT, TextTable.Align.RIGHT, TextTable.Align.RIGHT);
        bytesByType.forEach(
                (type, bytes) ->
                        totals.row(
                                type,
                                countByType.get(type) + " tensors",
                                new ByteSize(bytes).toString()));
        out.println("\ntotals");
        totals.print(out);
    }

    /** One line, and not longer than a screen is wide. */
    private static String abbreviated(String value) {
        String line = value.replace("\n", "\\n");
        return line.length() <= MAX_VALUE_LENGTH
                ? line
                : line.substring(
                                0,
                                line.offsetByCodePoints(
                                        0, line.codePointCount(0, MAX_VALUE_LENGTH)))
                        + "… ("
                        + value.length()
                        + " characters)";
    }
}
