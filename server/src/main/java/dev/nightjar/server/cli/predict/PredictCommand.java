package dev.nightjar.server.cli.predict;

import dev.nightjar.engine.DemoModels;
import dev.nightjar.engine.predict.Predictor;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.TableBuilder;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.server.cli.flags.ModelPath;
import dev.nightjar.server.terminal.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Predicts something about each row that comes in. */
@Command(
        name = "predict",
        description = "Predict for rows from standard input: CSV, JSON lines or libsvm.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
public final class PredictCommand implements Callable<Integer> {
    private static final int CHUNK_ROWS = 4096;

    @ParentCommand private Console console;

    @Parameters(
            paramLabel = "MODEL",
            arity = "0..1",
            converter = ModelPath.class,
            description =
                    "A model of XGBoost (JSON, UBJSON), LightGBM (text) or scikit-learn (pickle,"
                            + " joblib), an ONNX file of one, or a folder of MLflow; default: the small"
                            + " demo model.")
    private Path path;

    @Option(
            names = "--format",
            paramLabel = "csv|jsonl|libsvm",
            description = "Format of the rows. Default: what the first line looks like.")
    private RowFormat format;

    @Option(
            names = "--no-header",
            description = "CSV without names: numbers in the order of the model's features.")
    private boolean hasNoHeader;

    @Option(
            names = "--json",
            description = "A JSON value per row. Default: numbers between commas.")
    private boolean isJson;

    @ArgGroup private Kind kind = new Kind();

    /** What to predict. */
    private static final class Kind {
        @Option(names = "--raw", description = "Scores before the link function.")
        private boolean isRaw;

        @Option(names = "--proba", description = "The probability of each class.")
        private boolean isProbability;

        @Option(names = "--leaves", description = "The leaf that is reached in each tree.")
        private boolean isLeaves;

        @Option(
                names = "--contributions",
                description = "What each feature adds to each raw score, the expected score last.")
        private boolean isContributions;

        PredictionKind value() {
            if (isRaw) {
                return PredictionKind.RAW;
            }
            if (isProbability) {
                return PredictionKind.PROBABILITY;
            }
            if (isLeaves) {
                return PredictionKind.LEAVES;
            }
            return isContributions ? PredictionKind.CONTRIBUTIONS : PredictionKind.VALUE;
        }
    }

    @Override
    public Integer call() throws IOException {
        TabularModel model = path == null ? DemoModels.openRows() : Predictor.open(path);
        PredictionLines lines = new PredictionLines(console.out(), isJson);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
        Rows rows = RowFormat.open(in, format, hasNoHeader, model);
        TableBuilder table = new TableBuilder(model);
        boolean hasMore = true;
        while (hasMore) {
            hasMore = rows.read(table);
            if (table.numRows() == CHUNK_ROWS || !hasMore && table.numRows() > 0) {
                lines.write(model.predict(table.build(), kind.value()));
            }
        }
        if (console.out().checkError()) {
            throw new IOException(
                    "cannot write to standard output; it is closed or the disk is full");
        }
        return 0;
    }
}
