package dev.nightjar.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.hub.HubFile;
import dev.nightjar.engine.hub.HubListing;
import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.engine.hub.select.FileSet;
import dev.nightjar.engine.hub.store.PullEvent;
import dev.nightjar.engine.hub.store.PullPlan;
import dev.nightjar.engine.hub.store.StoredModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullDisplayTest {

    private static final HubFile FILE =
            new HubFile("m-Q8_0.gguf", 1000, Optional.empty(), Optional.empty());

    @TempDir Path folder;

    private String shown(PullDisplay.Medium medium) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PullDisplay display =
                new PullDisplay(new PrintStream(bytes, true, StandardCharsets.UTF_8), medium);
        display.accept(new PullEvent.Started(plan()));
        display.accept(new PullEvent.Advanced(FILE, 500));
        display.accept(new PullEvent.Retrying(FILE, "it broke", Duration.ofMillis(500)));
        display.accept(new PullEvent.Finished(FILE));
        display.close();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private PullPlan plan() {
        ModelRef ref = ModelRef.parse("owner/name");
        String commit = "a".repeat(40);
        HubListing listing =
                new HubListing(URI.create("http://localhost"), ref, commit, List.of(FILE));
        StoredModel model =
                new StoredModel(
                        folder,
                        ref.id(),
                        "http://localhost",
                        commit,
                        new LinkedHashSet<>(List.of("main")),
                        new FileSet("Q8_0", List.of(FILE)),
                        Optional.empty());
        return new PullPlan(listing, model);
    }

    @Test
    void aTerminalShowsABarThatGoesAway() {
        String text = shown(PullDisplay.Medium.TERMINAL);
        assertTrue(text.contains("│██████████          │  50%     1000 B"), text);
        assertTrue(text.contains("500 B of 1000 B at "), text);
        assertTrue(text.contains("  m-Q8_0.gguf: it broke; trying again in 0.5 s\n"), text);
        String last = text.substring(text.lastIndexOf("\033[2A"));
        assertTrue(last.contains("done\n"), last);
        assertFalse(last.contains("│"), last);
    }

    @Test
    void elsewhereThereAreLinesAlone() {
        List<String> lines = shown(PullDisplay.Medium.PLAIN).lines().toList();
        assertEquals(2, lines.size(), lines::toString);
        assertEquals("  m-Q8_0.gguf: it broke; trying again in 0.5 s", lines.getFirst());
        assertTrue(lines.getLast().endsWith("done"), lines::toString);
    }
}
