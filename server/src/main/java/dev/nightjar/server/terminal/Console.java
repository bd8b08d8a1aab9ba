package dev.nightjar.server.terminal;

import java.io.InputStream;
import java.io.PrintStream;

/** Where a command reads and writes. */
public interface Console {

    /** Input. */
    InputStream in();

    /** Results alone, not flushed by itself. */
    PrintStream out();

    /** Messages for people. */
    PrintStream err();
}
