package dev.nightjar.server.cli.encode;

import dev.nightjar.server.terminal.Terminals;

/** How scores are written. */
enum OutputFormat {
    /** A JSON object on each line. */
    JSON,
    /** Columns for people. */
    TABLE;

    /** What was asked for, or what suits the reader. */
    static OutputFormat or(OutputFormat asked) {
        if (asked != null) {
            return asked;
        }
        return Terminals.isOutTerminal() ? TABLE : JSON;
    }
}
