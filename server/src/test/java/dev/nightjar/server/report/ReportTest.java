package dev.nightjar.server.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.bench.BenchRow;
import dev.nightjar.server.bench.BenchRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir private Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path speeds(String name, double factor) throws IOException {
        Path file = folder.resolve(name);
        BenchRows.write(
                List.of(
                        new BenchRow(
                                "<m>", "pp512", List.of(200 * factor, 210 * factor), 2, Map.of()),
                        new BenchRow("<m>", "tg64", List.of(40 * factor), 2, Map.of())),
                file);
        return file;
    }

    private static final String LATENCY =
            "{\"p50\": 1, \"p90\": 2, \"p95\": 3, \"p99\": 4, \"curve\": [0, 1, 2, 3, 9]}";

    private Path run() throws IOException {
        return write(
                "run.json",
                """
                {"kind": "http", "model": "m", "rate": 2, "requests": 9, "completed": 8,
                 "output_tokens_per_second": 30, "goodput_requests_per_second": 1.5,
                 "ttft_ms": %s, "inter_token_ms": %s}"""
                        .formatted(LATENCY, LATENCY));
    }

    private Path kernels() throws IOException {
        return write(
                "kernels.json",
                """
                [{"kernel": "roof-read", "format": "", "gb_per_s": 46, "gflop_per_s": 0.1, "roofline_share": 1},
                 {"kernel": "roof-fma", "format": "", "gb_per_s": 0.1, "gflop_per_s": 470, "roofline_share": 1},
                 {"kernel": "matmul T=1", "format": "Q4_0", "gb_per_s": 40, "gflop_per_s": 140, "roofline_share": 0.87},
                 {"kernel": "matmul T=512", "format": "Q4_0", "gb_per_s": 0.4, "gflop_per_s": 400, "roofline_share": 0.85}]""");
    }

    @Test
    void drawsEveryKindWithoutTheNetwork() throws IOException {
        String page =
                new Report(
                                "A & B",
                                ReportInputs.read(
                                        List.of(
                                                speeds("a.json", 1),
                                                speeds("b.json", 1.5),
                                                run(),
                                                kernels())))
                        .toHtml();
        assertTrue(page.contains("A &amp; B") && page.contains("&lt;m&gt;"), page);
        assertFalse(page.contains("<m>"));
        String withoutNamespace = page.replace("http://www.w3.org/2000/svg", "");
        assertFalse(withoutNamespace.contains("http"), "nothing is loaded");
        List<String> drawings = page.lines().filter(line -> line.startsWith("<svg")).toList();
        assertEquals(2 + 2 + 1, drawings.size());
        assertEquals(6, page.lines().filter(line -> line.contains("fill s")).count());
        for (String part : page.split("(?=<svg)")) {
            if (part.startsWith("<svg")) {
                requireWellFormed(part.substring(0, part.indexOf("</svg>") + 6));
            }
        }
    }

    private static void requireWellFormed(String svg) {
        assertFalse(svg.contains("NaN") || svg.contains("Infinity"), svg);
        for (String tag : List.of("svg", "text", "rect", "title", "circle")) {
            int opened = svg.split("<" + tag + "[ >]", -1).length;
            assertEquals(opened, svg.split("</" + tag + ">", -1).length, tag);
        }
        String text = svg.replaceAll("<[^<>]*>", "");
        assertFalse(text.contains("<") || text.contains(">"), text);
    }

    @Test
    void unknownFilesAreRefusedByName() throws IOException {
        Path other = write("other.json", "{\"a\": 1}");
        String error =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ReportInputs.read(List.of(other)))
                        .getMessage();
        assertTrue(error.contains("other.json"), error);
        Path broken = write("broken.json", "[");
        assertThrows(IllegalArgumentException.class, () -> ReportInputs.read(List.of(broken)));
    }

    @Test
    void numbersHaveNoNeedlessDigits() {
        assertEquals("1234", Svg.number(1234.4));
        assertEquals("12.3", Svg.number(12.34));
        assertEquals("1.2", Svg.number(1.2));
        assertEquals("0", Svg.number(0));
        assertEquals("100", Svg.number(100));
        assertEquals(List.of(0.0, 20.0, 40.0, 60.0), Ticks.upTo(55, 4));
    }
}
