package dev.nightjar.server.cli.bench;

import dev.nightjar.engine.quantize.Mixture;
import dev.nightjar.engine.synthetic.ModelShape;
import dev.nightjar.engine.synthetic.ModelSynthesizer;
import dev.nightjar.engine.synthetic.SyntheticSpec;
import dev.nightjar.engine.synthetic.SyntheticVocabulary;
import dev.nightjar.server.api.Version;
import dev.nightjar.server.cli.flags.ByteSize;
import dev.nightjar.server.cli.flags.OutputFile;
import dev.nightjar.server.cli.flags.WeightTypes;
import dev.nightjar.server.terminal.Console;
import dev.nightjar.server.terminal.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Writes a model of random weights in the shape of a published one. */
@Command(
        name = "synthesize",
        description = "Write a GGUF file with random weights, to measure speed without a download.",
        mixinStandardHelpOptions = true,
        versionProvider = SynthesizeCommand.VersionLine.class)
public final class SynthesizeCommand implements Callable<Integer> {

    /** What {@code --version} prints, for all commands of this package. */
    static final class VersionLine implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"nightjar " + Version.current()};
        }
    }

    /** The shapes in the help. */
    static final class Shapes implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ModelShape.names().iterator();
        }
    }

    private static final int MEBIBYTE_BITS = 20;

    @ParentCommand private Console console;

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            required = true,
            completionCandidates = Shapes.class,
            description = "Dimensions: ${COMPLETION-CANDIDATES}.")
    private ModelShape shape;

    @Option(
            names = "--type",
            paramLabel = "T",
            required = true,
            completionCandidates = WeightTypes.class,
            description = "Types of the weights: ${COMPLETION-CANDIDATES}.")
    private Mixture mixture;

    @Option(
            names = "--vocab",
            paramLabel = "DIR|GGUF",
            description =
                    "Take the vocabulary of this folder or file; default: one made up, of bytes and"
                            + " letters.")
    private Path vocabulary;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where to write.")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Equal seeds give equal files; default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--force", description = "Replace the file if it exists.")
    private boolean isForced;

    @Override
    public Integer call() throws IOException {
        OutputFile.check(out, isForced);
        long begin = System.nanoTime();
        SyntheticVocabulary tokens =
                vocabulary == null
                        ? SyntheticVocabulary.plain(shape)
                        : SyntheticVocabulary.of(vocabulary);
        Progress progress = new Progress(console.err(), "MiB written:");
        ModelSynthesizer synthesizer =
                new ModelSynthesizer(new SyntheticSpec(shape, mixture), seed);
        long bytes =
                synthesizer.write(
                        out, tokens, written -> progress.reached((int) (written >> MEBIBYTE_BITS)));
        console.err()
                .printf(
                        Locale.ROOT,
                        "%s: %s in %.1f s%n",
                        out,
                        new ByteSize(bytes),
                        (System.nanoTime() - begin) / 1e9);
        return 0;
    }
}
