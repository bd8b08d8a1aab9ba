package dev.nightjar.server.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferLineTest {

    @ParameterizedTest
    @CsvSource({
        "0, 100, '          '",
        "100, 100, ██████████",
        "50, 100, '█████     '",
        "1, 80, '▏         '",
        "79, 80, █████████▉",
        "0, 0, ██████████",
        "200, 100, ██████████"
    })
    void barsGrowByEighths(long part, long whole, String bar) {
        assertEquals(bar, Bar.of(part, whole, 10));
    }

    @Test
    void linesFitATerminal() {
        String name = "a-folder/of-models/with-a-name-" + "x".repeat(60) + "-00001-of-00002.gguf";
        long huge = 1L << 50;
        for (String line :
                List.of(
                        TransferLine.active(name, huge / 3, huge, "1023.9 GiB"),
                        TransferLine.done(name, "1023.9 GiB"),
                        TransferLine.total(
                                "1023.9 GiB of 1023.9 GiB", "99.9 MiB/s", Duration.ofHours(99)))) {
            assertTrue(line.length() < 80, line);
        }
        assertTrue(TransferLine.done(name, "1 B").contains("…"), "the end of the name is kept");
        assertTrue(TransferLine.done(name, "1 B").contains("00001-of-00002.gguf"));
        assertTrue(TransferLine.total("", "", Duration.ofSeconds(200)).endsWith("3 min 20 s left"));
    }

    @Test
    void theRateIsThatOfTheLastSeconds() {
        TransferRate rate = new TransferRate();
        long second = 1_000_000_000L;
        assertEquals(0, rate.at(0, 500));
        for (int i = 1; i <= 20; i++) {
            rate.at(i * second, 500 + 100L * i);
        }
        assertEquals(100, rate.at(21 * second, 2600), 1e-9);
        assertEquals(1000, lastOf(rate, 22, 32, second), 1e-9);
    }

    private static double lastOf(TransferRate rate, int from, int to, long second) {
        double last = 0;
        for (int i = from; i <= to; i++) {
            last = rate.at(i * second, 2600 + 1000L * (i - 21));
        }
        return last;
    }

    @Test
    void liveLinesAreDrawnOverThemselves() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LiveLines lines = new LiveLines(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        lines.draw(List.of("kept"), List.of("a", "b"));
        lines.draw(List.of(), List.of("c"));
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("\033[?7l\r\033[Jkept\na\nb\n\033[?7h"), text);
        assertTrue(text.endsWith("\033[2A\r\033[Jc\n\033[?7h"), text);
    }
}
