package dev.nightjar.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page for operators says of every key what the server knows of it, and of no other. */
final class KeyReferenceTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]*) \\| (.*) \\|$");

    private static Path page() {
        String root = System.getenv().getOrDefault("NIGHTJAR_ROOT", "..");
        return Path.of(root, "docs", "operations", "configuration.md");
    }

    @Test
    void thePageListsAllKeysAndNoOther() throws IOException {
        List<String> documented =
                ROW.matcher(Files.readString(page()))
                        .results()
                        .map(KeyReferenceTest::asRow)
                        .toList();
        List<String> known = KeyReference.all().stream().map(KeyReferenceTest::asRow).toList();
        TreeSet<String> missing = new TreeSet<>(known);
        documented.forEach(missing::remove);
        TreeSet<String> unknown = new TreeSet<>(documented);
        known.forEach(unknown::remove);
        assertTrue(
                missing.isEmpty() && unknown.isEmpty(),
                () ->
                        "docs/operations/configuration.md lacks these rows:\n%s\nand has these too"
                                        .formatted(String.join("\n", missing))
                                + " many:\n"
                                + String.join("\n", unknown));
    }

    @Test
    void noKeyStandsThereTwice() {
        List<String> paths = KeyReference.all().stream().map(KeyReference.Entry::path).toList();
        assertEquals(paths.stream().distinct().collect(Collectors.toList()), paths);
    }

    private static String asRow(KeyReference.Entry key) {
        return "| `%s` | %s | %s |".formatted(key.path(), key.type(), key.help());
    }

    private static String asRow(MatchResult row) {
        return "| `%s` | %s | %s |".formatted(row.group(1), row.group(2), row.group(3));
    }
}
