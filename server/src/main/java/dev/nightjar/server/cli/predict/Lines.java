package dev.nightjar.server.cli.predict;

import dev.nightjar.engine.request.InvalidRequestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;

/** Lines that are not blank, by their number. For one thread. */
final class Lines {
    private final BufferedReader in;
    private Optional<String> ahead = Optional.empty();
    private long number;

    Lines(BufferedReader in) {
        this.in = in;
    }

    /** The next line, which stays the next. */
    Optional<String> peek() throws IOException {
        if (ahead.isEmpty()) {
            ahead = next();
        }
        return ahead;
    }

    /** The next line, or empty at the end. */
    Optional<String> next() throws IOException {
        if (ahead.isPresent()) {
            Optional<String> line = ahead;
            ahead = Optional.empty();
            return line;
        }
        String line = in.readLine();
        number++;
        while (line != null && line.isBlank()) {
            line = in.readLine();
            number++;
        }
        return Optional.ofNullable(line);
    }

    /** Runs what reads a line; its errors name the line. */
    void inLine(Runnable reading) {
        try {
            reading.run();
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException(
                    e.parameter(), "line %d: %s".formatted(number, e.getMessage()));
        }
    }

    InvalidRequestException error(String problem) {
        return new InvalidRequestException("inputs", "line %d: %s".formatted(number, problem));
    }
}
