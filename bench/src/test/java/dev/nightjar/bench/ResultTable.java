package dev.nightjar.bench;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** Collects what ran and how it ended, and prints it as a table. */
public final class ResultTable implements AutoCloseable {

    private final String title;
    private final List<List<String>> rows = new ArrayList<>();

    /** An empty table. */
    public ResultTable(String title) {
        this.title = title;
    }

    /**
     * A check that notes how it ended, for {@code assertAll}, so that one failure hides no other.
     */
    public Executable check(String name, Executable check) {
        return () -> run(name, check);
    }

    /** Runs a check and notes how it ended. */
    public void run(String name, Executable check) throws Throwable {
        try {
            check.execute();
            add(name, "passed");
        } catch (Throwable failure) {
            String message = String.valueOf(failure.getMessage()).strip();
            add(name, "FAILED: " + message.lines().findFirst().orElse(""));
            throw failure;
        }
    }

    /** Adds a row. */
    public void add(String name, String outcome) {
        rows.add(List.of(name, outcome));
    }

    /** Prints the table on standard output. */
    @Override
    public void close() {
        int width = rows.stream().mapToInt(row -> row.getFirst().length()).max().orElse(1);
        StringBuilder text = new StringBuilder("\n" + title + "\n");
        rows.forEach(
                row ->
                        text.append(
                                "  %-"
                                        .concat(width + "s  %s%n")
                                        .formatted(row.get(0), row.get(1))));
        long passed = rows.stream().filter(row -> row.getLast().startsWith("passed")).count();
        text.append("  %d of %d passed%n".formatted(passed, rows.size()));
        System.out.print(text);
    }
}
