package dev.nightjar.server.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.engine.request.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodeWindowTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void onlyTokensBehindTheFirstCount() {
        Usage usage = new Usage(8, 0, 11, SECOND, 2 * SECOND, 5 * SECOND);
        DecodeWindow window = DecodeWindow.of(7, usage);
        assertEquals(7 + 3 * SECOND, window.firstNanos());
        assertEquals(2, DecodeWindow.tokensPerSecond(List.of(window)), 1e-9);
    }

    @Test
    void sequencesInStepAddUp() {
        DecodeWindow window = new DecodeWindow(0, 4 * SECOND, 8);
        assertEquals(6, DecodeWindow.tokensPerSecond(List.of(window, window, window)), 1e-9);
    }

    @Test
    void onlyTheCommonWindowCounts() {
        DecodeWindow early = new DecodeWindow(0, 8 * SECOND, 16);
        DecodeWindow late = new DecodeWindow(4 * SECOND, 12 * SECOND, 8);
        assertEquals(3, DecodeWindow.tokensPerSecond(List.of(early, late)), 1e-9);
        DecodeWindow after = new DecodeWindow(9 * SECOND, 12 * SECOND, 8);
        assertThrows(
                IllegalStateException.class,
                () -> DecodeWindow.tokensPerSecond(List.of(early, after)));
    }
}
