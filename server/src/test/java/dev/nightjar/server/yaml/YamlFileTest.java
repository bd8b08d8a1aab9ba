package dev.nightjar.server.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class YamlFileTest {

    private enum Color {
        RED,
        DARK_BLUE
    }

    private static final Key<String> NAME = Key.text("name", "A name.");
    private static final Key<Integer> PORT = Key.integer("port", 0, 65535, "A port.");
    private static final Key<Duration> WAIT = Key.duration("wait", "A time.");
    private static final Key<Long> SIZE = Key.bytes("size", "An amount.");
    private static final Key<Boolean> ON = Key.bool("on", "A switch.");
    private static final Key<Color> COLOR = Key.word("color", Color.class, "A colour.");
    private static final Key<List<String>> TAGS = Key.texts("tags", "Some texts.");
    private static final KeySet INNER = KeySet.of(NAME, PORT);
    private static final Key<Section> ONE = Key.section("one", INNER, "A section.");
    private static final Key<List<Section>> MANY = Key.sections("many", INNER, "Sections.");
    private static final Key<Map<String, Section>> NAMED =
            Key.sectionsByName("named", INNER, "Sections by name.");
    private static final KeySet KEYS =
            KeySet.of(NAME, PORT, WAIT, SIZE, ON, COLOR, TAGS, ONE, MANY, NAMED);

    private static Section parse(String text) {
        return YamlFile.parse("test.yaml", text, KEYS, Map.of("HOME", "/home/x")::get);
    }

    private static void assertFault(String expected, String text) {
        ConfigException fault =
                assertThrows(
                        ConfigException.class,
                        () -> {
                            Section section = parse(text);
                            KEYS.keys().forEach(section::get);
                            section.section(ONE).get(PORT);
                        });
        assertTrue(fault.getMessage().contains(expected), fault::getMessage);
    }

    @Test
    void everyTypeIsRead() {
        Section file =
                parse(
                        """
                        name: nightjar
                        port: 8_080
                        wait: 90s
                        size: 1.5G
                        on: yes
                        color: dark-blue
                        tags: [a, "b c"]
                        one: {name: inner}
                        many:
                          - name: first
                          - port: 2
                        named:
                          x/y: {port: 3}
                        """);
        assertEquals(Optional.of("nightjar"), file.get(NAME));
        assertEquals(Optional.of(8080), file.get(PORT));
        assertEquals(Optional.of(Duration.ofSeconds(90)), file.get(WAIT));
        assertEquals(Optional.of(3L << 29), file.get(SIZE));
        assertEquals(Optional.of(true), file.get(ON));
        assertEquals(Optional.of(Color.DARK_BLUE), file.get(COLOR));
        assertEquals(Optional.of(List.of("a", "b c")), file.get(TAGS));
        assertEquals("inner", file.section(ONE).require(NAME));
        assertEquals(2, file.sections(MANY).get(1).require(PORT));
        assertEquals(3, file.get(NAMED).orElseThrow().get("x/y").require(PORT));
    }

    @Test
    void anEmptyFileAndNullsHoldNothing() {
        assertEquals(Map.of(), parse("").values());
        assertEquals(Map.of(), parse("# nothing\n").values());
        assertEquals(Map.of(), parse("name:\none: null\n").values());
    }

    @Test
    void theEnvironmentStandsInForReferences() {
        assertEquals("/home/x/a", parse("name: ${HOME}/a").require(NAME));
        assertEquals("b", parse("name: ${NONE:-b}").require(NAME));
        assertEquals("", parse("name: \"${NONE:-}\"").require(NAME));
        assertEquals("${HOME}", parse("name: $${HOME}").require(NAME));
        assertFault("test.yaml:1: name names the environment variable NONE", "name: ${NONE}");
    }

    @Test
    void whatTheEnvironmentSaysIsNoYaml() {
        Section file =
                YamlFile.parse("t", "name: ${X}", KEYS, Map.of("X", "a: {b: [c]}\nport: 1")::get);
        assertEquals("a: {b: [c]}\nport: 1", file.require(NAME));
        assertTrue(file.get(PORT).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prot: 1|test.yaml:1: there is no key 'prot'; did you mean 'port'?",
                "unheard: 1|there is no key 'unheard'; known here are name, port",
                "one: {nam: x}|there is no key 'one.nam'; did you mean 'name'?",
                "port: x|test.yaml:1: port must be a whole number from 0 to 65535, found 'x'",
                "port: 70000|from 0 to 65535, found '70000'",
                "port: [1]|port must be a single value, found a list of 1",
                "one: {port: -1}|one.port must be a whole number",
                "wait: 30|wait must be a time above zero with its unit",
                "wait: 0s|wait must be a time above zero",
                "size: 0|size must be an amount of memory above zero",
                "size: 99999999999T|size must be an amount of memory",
                "on: maybe|on must be true or false, found 'maybe'",
                "color: green|color must be one of red, dark_blue, found 'green'",
                "tags: a|tags must be a list",
                "one: a|one must be a section",
                "many: {name: a}|many must be a list, found a section with 1 keys",
                "name: [|is no valid YAML",
                "a: &x [*x]|holds itself",
                "name: a\\nname: b|name stands there twice",
                "- a|must be a section"
            })
    void faultsNameTheirPlace(String text, String expected) {
        assertFault(expected, text.replace("\\n", "\n"));
    }

    @Test
    void growthByAnchorsIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThrows(ConfigException.class, () -> parse(bomb.toString()));
        assertThrows(ConfigException.class, () -> parse("[".repeat(5000)));
        assertThrows(ConfigException.class, () -> parse("one: ".repeat(1) + "{a: ".repeat(900)));
    }

    @Test
    void whatMustBeThereIsAskedFor() {
        ConfigException fault =
                assertThrows(
                        ConfigException.class, () -> parse("one: {}").section(ONE).require(NAME));
        assertEquals("test.yaml:1: one: name is missing: A name.", fault.getMessage());
    }

    @Test
    void valuesStayOutOfTexts() {
        Section file = parse("name: s3cret\none: {name: s3cret}");
        assertEquals(-1, (file.toString() + file.values()).indexOf("s3cret"));
    }
}
