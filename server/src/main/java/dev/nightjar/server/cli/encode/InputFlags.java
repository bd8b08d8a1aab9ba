package dev.nightjar.server.cli.encode;

import dev.nightjar.engine.encoder.Overflow;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.server.terminal.Console;
import dev.nightjar.server.terminal.Terminals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The texts of a command: arguments, or lines of a file or of standard input. */
final class InputFlags {

    private static final String STANDARD_INPUT = "-";

    @Parameters(
            arity = "0..*",
            paramLabel = "TEXT",
            description = "Texts; without any and without --file, lines of standard input.")
    private List<String> texts = List.of();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A file in UTF-8 with a text on each line; - for standard input.")
    private String file;

    @Option(
            names = "--truncate",
            description = "Cut texts that are longer than the model takes; else they are refused.")
    private boolean isCut;

    /** What happens to texts that are too long. */
    Overflow overflow() {
        return isCut ? Overflow.CUT : Overflow.REFUSE;
    }

    /**
     * Reads them all: at least one, and none of them blank, so that results can be told apart by
     * their number.
     *
     * @throws InvalidRequestException if there are none, or one that cannot be read
     */
    List<String> read(Console console) throws IOException {
        List<String> read = all(console);
        if (read.isEmpty()) {
            throw refusal(
                    "there is no text; give some as arguments, in a --file or on standard input");
        }
        for (int i = 0; i < read.size(); i++) {
            if (read.get(i).isBlank()) {
                throw refusal("text %d of %d is empty; leave it out".formatted(i + 1, read.size()));
            }
        }
        return read;
    }

    private List<String> all(Console console) throws IOException {
        boolean isGiven = !texts.isEmpty() && !texts.equals(List.of(STANDARD_INPUT));
        if (isGiven && file != null) {
            throw refusal(
                    "there are texts as arguments and in --file %s; leave one of them out"
                            .formatted(file));
        }
        if (isGiven) {
            return texts;
        }
        if (file != null && !file.equals(STANDARD_INPUT)) {
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                return lines(in, file);
            }
        }
        if (Terminals.isInTerminal()) {
            console.err().println("reading texts, one per line, up to the end of input (Ctrl-D)");
        }
        return lines(console.in(), "standard input");
    }

    private static List<String> lines(InputStream in, String name) throws IOException {
        // A decoder of its own reports malformed bytes, which a charset would replace.
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        try {
            return reader.readAllLines();
        } catch (CharacterCodingException malformed) {
            throw refusal(
                    "%s: expected text in UTF-8, found other bytes; convert it".formatted(name));
        }
    }

    private static InvalidRequestException refusal(String message) {
        return new InvalidRequestException("input", message);
    }
}
