package dev.nightjar.bench.sample;

import java.util.List;

/**
 * Puts back the indentation that a stored Python sample has lost: a colon at the end of a line
 * begins a block, {@code except} ends one. Lines inside brackets may stand anywhere.
 */
final class PythonIndentation {

    private static final String STEP = "    ";

    private PythonIndentation() {}

    /** The sample with its blocks indented. */
    static String restored(List<String> lines) {
        StringBuilder code = new StringBuilder();
        int depth = 0;
        for (String line : lines) {
            if (line.startsWith("except")) {
                depth--;
            }
            code.append(STEP.repeat(depth)).append(line).append('\n');
            if (line.endsWith(":")) {
                depth++;
            }
        }
        return code.toString();
    }
}
