package dev.nightjar.server.cli;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.checkpoint.Checkpoints;
import dev.nightjar.server.cli.flags.ModelPath;
import dev.nightjar.server.terminal.Terminals;
import dev.nightjar.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Text to ids and back; needs the vocabulary only, so a file without weights will do. */
@Command(
        name = "tokenize",
        description = "Read text, print token ids; or the other way round.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class TokenizeCommand implements Callable<Integer> {

    @ParentCommand private Cli cli;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            required = true,
            converter = ModelPath.class,
            description =
                    "A GGUF file or a model folder with a vocabulary, or a model of the store.")
    private Path model;

    @Option(
            names = "--no-special",
            description = "Do not add the tokens that begin and end a text.")
    private boolean isPlain;

    @Option(names = "--decode", description = "Read ids, print text.")
    private boolean isDecoding;

    @Override
    public Integer call() throws IOException {
        String input = new String(cli.streams().in().readAllBytes(), StandardCharsets.UTF_8);
        PrintStream out = cli.streams().out();
        try (Checkpoint checkpoint = Checkpoints.open(model)) {
            Tokenizer tokenizer = tokenizer(checkpoint);
            if (isDecoding) {
                out.print(decode(tokenizer, input));
                if (Terminals.isOutTerminal()) {
                    out.println();
                }
            } else {
                int[] ids = tokenizer.encode(input);
                out.println(joined(isPlain ? ids : tokenizer.withSpecials(ids)));
            }
        }
        out.flush();
        return 0;
    }

    private static Tokenizer tokenizer(Checkpoint checkpoint) {
        return checkpoint
                .tokenizer()
                .orElseThrow(
                        () -> new IllegalStateException(checkpoint.name() + " has no vocabulary"));
    }

    private static String decode(Tokenizer tokenizer, String input) {
        int size = tokenizer.vocabulary().size();
        int[] ids =
                Stream.of(input.split("[\\s,]+"))
                        .filter(word -> !word.isEmpty())
                        .mapToInt(word -> TokenIds.parse(word, size))
                        .toArray();
        return tokenizer.decode(ids);
    }

    private static String joined(int[] ids) {
        return Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }
}
