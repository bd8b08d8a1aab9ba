package dev.nightjar.tokenizer.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.template.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Hundreds of small templates render as jinja2 3.1.2 renders them, or fail where it fails. The
 * expected texts come from src/test/python/jinja_goldens.py.
 */
class OwnCasesTest {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-07T09:05:04Z"), ZoneOffset.UTC);

    @TestFactory
    Stream<DynamicTest> rendersAsTheReference() throws IOException {
        Map<?, ?> goldens = goldens();
        Map<String, ?> variables = variables(goldens);
        List<?> cases = (List<?>) goldens.get("cases");
        assertTrue(cases.size() > 700, "cases: " + cases.size());
        return cases.stream()
                .map(one -> (Map<?, ?>) one)
                .map(
                        one ->
                                DynamicTest.dynamicTest(
                                        "«" + one.get("template") + "»",
                                        () -> check(one, variables)));
    }

    private static void check(Map<?, ?> one, Map<String, ?> variables) {
        String source = one.get("template").toString();
        if (!one.containsKey("fails")) {
            String text = JinjaTemplate.ofCheckpoint(source).render(variables, CLOCK);
            assertEquals(one.get("text"), text);
            return;
        }
        JinjaException failure =
                assertThrows(
                        JinjaException.class,
                        () -> JinjaTemplate.ofCheckpoint(source).render(variables, CLOCK));
        assertTrue(failure.position().isPresent(), "without a place: " + failure.getMessage());
    }

    static Map<?, ?> goldens() throws IOException {
        try (InputStream file = OwnCasesTest.class.getResourceAsStream("own-cases.json")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return (Map<?, ?>) PlainJson.read(text);
        }
    }

    static Map<String, ?> variables(Map<?, ?> goldens) {
        @SuppressWarnings("unchecked") // keys of JSON objects are strings
        Map<String, ?> variables = (Map<String, ?>) goldens.get("variables");
        return variables;
    }
}
