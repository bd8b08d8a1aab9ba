package dev.nightjar.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.tokenizer.jinja.JinjaTemplate;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.template.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Published templates render byte for byte as jinja2 3.1.2 renders them, in three contexts each.
 * Their texts are not ours to keep: lengths and digests come from src/test/python/jinja_goldens.py,
 * and a difference is shown by running the reference, where there is one.
 */
class PublishedJinjaTest {
    private static final String TEMPLATES = "data/templates/";
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-03-07T09:05:04Z"), ZoneOffset.UTC);

    /** A row of the goldens: {@code text}, length and digest; or {@code fails} and why. */
    private record Golden(String file, String context, boolean fails, String size, String digest) {
        static Golden of(String line) {
            String[] fields = line.split("\t");
            return new Golden(
                    fields[0], fields[1], fields[2].equals("fails"), fields[3], fields[4]);
        }
    }

    @TestFactory
    Stream<DynamicTest> rendersAsTheReference() throws IOException {
        Path folder = SharedData.path(TEMPLATES);
        List<Golden> goldens = goldens();
        assertEquals(111, goldens.size());
        assertEquals(7, goldens.stream().limit(84).filter(Golden::fails).count());
        return goldens.stream()
                .map(
                        golden ->
                                DynamicTest.dynamicTest(
                                        golden.file + " " + golden.context,
                                        () -> check(golden, folder)));
    }

    private static void check(Golden golden, Path folder) throws Exception {
        JinjaTemplate template = JinjaTemplate.ofCheckpoint(source(folder, golden.file));
        Path context = folder.resolve("minja-contexts/" + golden.context + ".json");
        Map<String, Object> variables = ReferenceJinja.variables(context);
        if (golden.fails) {
            assertThrows(JinjaException.class, () -> template.render(variables, CLOCK));
            return;
        }
        String text = template.render(variables, CLOCK);
        if (!digest(text).equals(golden.digest)) {
            ReferenceJinja.render(source(folder, golden.file), context)
                    .ifPresent(expected -> assertEquals(expected, text));
            assertEquals(golden.size + " bytes", text.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    private static String source(Path folder, String file) throws IOException {
        Path plain = folder.resolve("jinja").resolve(file);
        if (Files.exists(plain)) {
            return Files.readString(plain);
        }
        String text = Files.readString(folder.resolve("hf-configs").resolve(file));
        return file.endsWith(".json")
                ? ((Map<?, ?>) PlainJson.read(text)).get("chat_template").toString()
                : text;
    }

    private static List<Golden> goldens() throws IOException {
        try (InputStream file =
                JinjaTemplate.class.getResourceAsStream("published-templates.tsv")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(Golden::of).toList();
        }
    }

    private static String digest(String text) throws NoSuchAlgorithmException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
