package dev.nightjar.server.cli.encode;

import dev.nightjar.engine.encoder.Classification.ScoredLabel;
import java.io.PrintStream;
import java.util.List;

/** Writes labels in some form, those of each text at once or all at the end. */
sealed interface LabelWriter permits LabelLines, LabelTable {

    /** The one for a format. */
    static LabelWriter of(OutputFormat format, PrintStream out) {
        return switch (format) {
            case JSON -> new LabelLines(out);
            case TABLE -> new LabelTable(out);
        };
    }

    /** Takes the labels of the next text, the likeliest first. */
    void add(String text, List<ScoredLabel> labels);

    /** Writes what needs them all. */
    void end();
}
