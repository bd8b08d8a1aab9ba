package dev.nightjar.engine.format.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.MalformedFileException;
import dev.nightjar.engine.format.Mutations;
import dev.nightjar.engine.format.json.JsonText;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs write comes out as data; what means more than data is refused. */
class YamlReaderTest {
    static final String DOCUMENT =
            """
            artifact_path: model   # where
            flavors:
              python_function:
                data: model.json
                env:
                  conda: conda.yaml
                  'virtual env': "a\\tb\\u00e9"
                python_version: 3.10.2
              xgboost:
                code: null
                sizes: [1, -2, {a: x, "b, c": 'it''s'}]
                empty: {}
            list:
            - one
            - name: two
              deep:
                - 2.5
                - yes
            -
              - nested
            signature:
              inputs: '[{"type": "double", "name": "it''s a"}, {"type": "long",

                "name": "b"}]'
              text: plain words that
                go on
              folded: "first \\
                second
                third"
            block: |
              kept
                as it is

            joined: >-
              one
              two

              three
            """;

    @Test
    void everyForm() {
        assertEquals(
                "{artifact_path: \"model\", flavors: {python_function: {data: \"model.json\", env:"
                        + " {conda: \"conda.yaml\", virtual env: \"a\tb\u00e9\"}, python_version:"
                        + " \"3.10.2\"}, xgboost: {code: null, sizes: [1, -2, {a: \"x\", b, c:"
                        + " \"it's\"}], empty: {}}}, list: [\"one\", {name: \"two\", deep: [2.5,"
                        + " true]}, [\"nested\"]], signature: {inputs: \"[{\"type\": \"double\","
                        + " \"name\": \"it's a\"}, {\"type\": \"long\",\n\"name\": \"b\"}]\","
                        + " text: \"plain words that go on\", folded: \"first second third\"},"
                        + " block: \"kept\n  as it is\n\", joined: \"one two\nthree\"}",
                text(DOCUMENT));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-17, -17",
        "1.5, 1.5",
        "1.5e+3, 1500.0",
        "1e5, '\"1e5\"'",
        "010, '\"010\"'",
        "~, null",
        "no, false",
        "12:30, '\"12:30\"'",
        "a#b, '\"a#b\"'",
        "http://x, '\"http://x\"'",
        "2024-01-02 03:04:05, '\"2024-01-02 03:04:05\"'"
    })
    void plainText(String written, String read) {
        assertEquals("{k: %s}".formatted(read), text("k: " + written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k: &a 1",
                "k: *a",
                "k: !!python/object:os.system {}",
                "k: !tag x",
                "%YAML 1.1\n---\nk: 1",
                "? k\n: v",
                "k: 1\nk: 2",
                "k: 1\n  l: 2",
                "k:\n\t- 1",
                "k: 'open",
                "k: [1, 2",
                "k: [1 2]]",
                "k: \"\\q\"",
                "k: \"\\uD8\"",
                "k: {a: 1, a: 2}",
                "- a\n- b",
                "just text",
                "",
                "k: 1\n---\nk: 2",
                "k: @x",
                "a: b: c"
            })
    void otherThingsAreRefused(String document) {
        assertThrows(MalformedFileException.class, () -> text(document));
    }

    @Test
    void depthAndSizeAreBounded() {
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            deep.append(" ".repeat(i)).append("k:\n");
        }
        refused(deep + " ".repeat(100) + "v: 1", "levels");
        refused("k: " + "[".repeat(1000) + "]".repeat(1000), "levels");
        refused("k: '" + "x".repeat(1 << 22) + "'", "bytes");
    }

    @Test
    void damaged() {
        Mutations.check(bytes(DOCUMENT), 2000, 1, file -> YamlReader.read(file, "damaged"));
    }

    @Tag("full")
    @Test
    void aMillion() {
        Mutations.check(bytes(DOCUMENT), 1_000_000, 2, file -> YamlReader.read(file, "damaged"));
    }

    private static void refused(String document, String part) {
        MalformedFileException refused =
                assertThrows(MalformedFileException.class, () -> text(document));
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }

    private static String text(String document) {
        return JsonText.of(YamlReader.read(bytes(document), "test.yaml"));
    }

    private static byte[] bytes(String document) {
        return document.getBytes(StandardCharsets.UTF_8);
    }
}
