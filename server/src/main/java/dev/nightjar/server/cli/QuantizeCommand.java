package dev.nightjar.server.cli;

import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.quantize.KeptTensors;
import dev.nightjar.engine.quantize.Mixture;
import dev.nightjar.engine.quantize.QuantizationReport;
import dev.nightjar.engine.quantize.Quantizer;
import dev.nightjar.engine.quantize.Recipe;
import dev.nightjar.engine.quantize.TensorReport;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.server.cli.flags.ByteSize;
import dev.nightjar.server.cli.flags.ModelPath;
import dev.nightjar.server.cli.flags.OutputFile;
import dev.nightjar.server.cli.flags.WeightTypes;
import dev.nightjar.server.terminal.Progress;
import dev.nightjar.server.terminal.TextTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes a model file with smaller weights, and says what that costs. */
@Command(
        name = "quantize",
        description = "Write a GGUF file anew with other types of weights.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class QuantizeCommand implements Callable<Integer> {

    @ParentCommand private Cli cli;

    @Parameters(
            index = "0",
            paramLabel = "IN",
            converter = ModelPath.class,
            description = "A GGUF file, split or not, or a model of the store.")
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
    private Path out;

    @Option(
            names = "--type",
            paramLabel = "T",
            required = true,
            completionCandidates = WeightTypes.class,
            description = "What matrices become: ${COMPLETION-CANDIDATES}.")
    private Mixture mixture;

    @Option(
            names = "--keep",
            paramLabel = "PATTERN=T",
            description =
                    "Tensors whose name holds this regular expression become T, a plain type such"
                            + " as F16 or Q6_K; may be repeated, the first match counts.")
    private List<KeptTensors> kept = new ArrayList<>();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute; default: one per core.")
    private Integer threads;

    @Option(names = "--force", description = "Replace OUT if it exists.")
    private boolean isForced;

    @Override
    public Integer call() throws IOException {
        OutputFile.check(out, isForced);
        long begin = System.nanoTime();
        try (GgufFile source = GgufFile.open(in)) {
            PrintStream err = cli.streams().err();
            Progress progress = new Progress(err, "tensor", source.tensors().size());
            AtomicInteger done = new AtomicInteger();
            QuantizationReport report =
                    new Quantizer(
                                    new Recipe(mixture, kept),
                                    numThreads(),
                                    tensor -> progress.reached(done.incrementAndGet()))
                            .run(source, out);
            print(report, cli.streams().out());
            err.printf(
                    Locale.ROOT,
                    "%s: %s, %.0f %% of %s, in %.1f s%n",
                    out,
                    new ByteSize(report.bytes()),
                    100.0 * report.bytes() / report.sourceBytes(),
                    new ByteSize(report.sourceBytes()),
                    (System.nanoTime() - begin) / 1e9);
        }
        return 0;
    }

    private int numThreads() {
        int number = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (number < 1) {
            throw new InvalidRequestException(
                    "threads", "--threads: expected at least 1, found " + number);
        }
        return number;
    }

    private static void print(QuantizationReport report, PrintStream out) {
        TextTable table =
                new TextTable(
                        TextTable.Align.LEFT,
                        TextTable.Align.RIGHT,
                        TextTable.Align.LEFT,
                        TextTable.Align.LEFT,
                        TextTable.Align.RIGHT,
                        TextTable.Align.RIGHT,
                        TextTable.Align.RIGHT);
        table.row("tensor", "shape", "from", "to", "size", "RMSE", "max error");
        for (TensorReport tensor : report.tensors()) {
            table.row(
                    tensor.name(),
                    tensor.shape().toString(),
                    tensor.from().toString(),
                    tensor.to().toString(),
                    new ByteSize(tensor.bytes()).toString(),
                    error(tensor, tensor.rmse()),
                    error(tensor, tensor.maxError()));
        }
        table.print(out);
        out.flush();
    }

    /** Nothing for tensors that were copied. */
    private static String error(TensorReport tensor, double value) {
        return tensor.from() == tensor.to() ? "-" : String.format(Locale.ROOT, "%.2e", value);
    }
}
