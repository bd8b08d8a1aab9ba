package dev.nightjar.server.cli.encode;

import dev.nightjar.server.json.JsonText;
import java.io.IOException;
import java.io.PrintStream;

/** Writes results to where nothing may be lost silently, such as a full disk. */
final class Results {

    private Results() {}

    /** A JSON value on a line of its own. */
    static void line(PrintStream out, JsonText.Content value) {
        out.writeBytes(JsonText.of(value));
        out.write('\n');
    }

    /**
     * Writes what is buffered.
     *
     * @throws IOException if anything so far could not be written
     */
    static void flush(PrintStream out) throws IOException {
        if (out.checkError()) {
            throw new IOException(
                    "cannot write to standard output; it is closed or the disk is full");
        }
    }
}
