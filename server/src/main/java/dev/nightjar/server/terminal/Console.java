package dev.nightjar.server.terminal;

import java.io.PrintStream;

/** Where a command writes. */
public interface Console {

    /** Results alone, not flushed by itself. */
    PrintStream out();

    /** Messages for people. */
    PrintStream err();
}
