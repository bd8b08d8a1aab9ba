package dev.nightjar.tokenizer.jinja;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.RenderLimits;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a template, it is rendered or refused, never more and never slowly. */
class TemplateFuzzTest {
    private static final RenderLimits LIMITS = new RenderLimits(1 << 17, 20_000, 200_000, 400);

    /** What mutations insert. */
    private static final String[] PIECES = {
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "-",
        "+",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "|",
        ".",
        ",",
        ":",
        "=",
        "==",
        "~",
        "**",
        "//",
        "%",
        "'",
        "\"",
        "\\",
        "\n",
        " if ",
        " else ",
        " for ",
        " in ",
        " is ",
        " not ",
        " and ",
        "{% endif %}",
        "{% endfor %}",
        "{% else %}",
        "none",
        "missing",
        "messages",
        "loop",
        "s",
        "l",
        "d",
        "-1",
        "10**9",
        "1.5",
        "''",
        "[]",
        "{}",
        "()",
        "|length",
        "|tojson",
        "|int",
        "|list",
        "|map('upper')",
        ".split()",
        ".items()",
        "[::-1]",
        "[0]",
        "('a')",
        "(*l)",
        "(**d)",
        "%s",
        "é",
        "🎉",
        "\ud83c",
        "\u0000"
    };

    @Test
    void mutatedTemplatesFailWithTypedErrors() throws IOException {
        run(5_000, 1);
    }

    @Test
    @Tag("full")
    void aMillionMutatedTemplatesFailWithTypedErrors() throws IOException {
        run(1_000_000, 2);
    }

    private static void run(int count, long seed) throws IOException {
        Map<?, ?> goldens = OwnCasesTest.goldens();
        Map<String, ?> variables = OwnCasesTest.variables(goldens);
        List<String> sources = new ArrayList<>();
        ((List<?>) goldens.get("cases"))
                .forEach(one -> sources.add(((Map<?, ?>) one).get("template").toString()));
        Random random = new Random(seed);
        int rendered = 0;
        for (int i = 0; i < count; i++) {
            String source = mutated(sources, random);
            try {
                JinjaTemplate.compile(source, LIMITS, mode(random))
                        .render(chosen(variables, random), OwnCasesTest.CLOCK);
                rendered++;
            } catch (JinjaException expected) {
                assertTrue(expected.position().isPresent(), () -> "no place: " + source);
            } catch (RuntimeException | StackOverflowError failure) {
                throw new AssertionError(
                        "seed %d, template %d: %s".formatted(seed, i, source), failure);
            }
        }
        assertTrue(rendered > count / 20, "rendered: " + rendered);
    }

    private static Undefined.Mode mode(Random random) {
        return random.nextBoolean() ? Undefined.Mode.FAILS : Undefined.Mode.PRINTS_NOTHING;
    }

    /** Some of the variables, each perhaps with the value of another. */
    private static Map<String, ?> chosen(Map<String, ?> variables, Random random) {
        List<Object> values = new ArrayList<>(variables.values());
        Map<String, Object> chosen = new HashMap<>();
        variables.forEach(
                (name, value) -> {
                    int dice = random.nextInt(8);
                    if (dice > 0) {
                        chosen.put(
                                name,
                                dice == 1 ? values.get(random.nextInt(values.size())) : value);
                    }
                });
        return chosen;
    }

    private static String mutated(List<String> sources, Random random) {
        StringBuilder source = new StringBuilder(sources.get(random.nextInt(sources.size())));
        if (random.nextInt(4) == 0) {
            source.append(sources.get(random.nextInt(sources.size())));
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(source.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> source.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> source.delete(at, Math.min(source.length(), at + 1 + random.nextInt(4)));
                case 2 -> {
                    String other = sources.get(random.nextInt(sources.size()));
                    int from = random.nextInt(other.length() + 1);
                    int to = Math.min(other.length(), from + random.nextInt(12));
                    source.insert(at, other, from, to);
                }
                default -> {
                    if (at < source.length()) {
                        source.setCharAt(at, (char) (' ' + random.nextInt(95)));
                    }
                }
            }
        }
        return source.toString();
    }
}
