package dev.nightjar.tokenizer.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.JinjaException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates that ask for too much get an error, soon. */
class HostileTemplatesTest {
    /** Generous, as machines that test may be busy; the limits are steps, not time. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String LOOP = "{% for i in range(100000) %}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for i in range(10**9) %}{% endfor %}",
                LOOP + LOOP + "{% endfor %}{% endfor %}",
                "{% set n = namespace(s='a') %}" + LOOP + "{% set n.s = n.s ~ n.s %}{% endfor %}",
                "{% set n = namespace(s=[]) %}" + LOOP + "{% set n.s = [n.s] %}{% endfor %}",
                "{% set n = namespace(s=[1]) %}" + LOOP + "{% set n.s = [n.s, n.s] %}{% endfor %}",
                "{% set n = namespace(i=3) %}" + LOOP + "{% set n.i = n.i * n.i %}{% endfor %}",
                "{{ 'a' * 10**9 }}",
                "{{ [1] * 10**9 }}",
                "{{ 2 ** (10**9) }}",
                "{{ 'a'.center(10**9) }}",
                "{{ 'a' | center(10**9) }}",
                "{{ 'a'.zfill(10**9) }}",
                "{{ '\\t'.expandtabs(10**9) }}",
                "{{ 'a' | indent(10**9, true) }}",
                "{{ [1] | batch(10**9, 0) | list }}",
                "{{ [1] | slice(10**9) | list }}",
                "{{ ('a' * 100000).replace('a', 'b' * 100000) }}",
                "{{ ('a' * 100000).replace('', 'b' * 100000) }}",
                "{{ ('b' * 100000).join('a' * 100000) }}",
                "{{ range(100000) | join('b' * 100000) }}",
                "{{ range(100000) | list | tojson(indent='b' * 100000) }}",
                "{{ [range(100000) | list] * 1000 }}",
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
                "{% macro f() %}{{ caller() }}{% endmacro %}"
                        + "{% macro g() %}{% call f() %}{{ g() }}{% endcall %}{% endmacro %}{{ g() }}",
                "{% set l = [[1]] %}{% for x in l recursive %}{{ loop(l) }}{% endfor %}",
                "{% set s = 'a' * 1000000 %}"
                        + LOOP
                        + "{% if s.find('b') %}{% endif %}{% endfor %}",
                "{% set s = 'a' * 1000000 %}" + LOOP + "{% if 'b' in s %}{% endif %}{% endfor %}",
                "{% set s = 'é' * 1000000 %}" + LOOP + "{% if s | length %}{% endif %}{% endfor %}",
                "{% set s = 'a' * 1000000 %}" + LOOP + "{% if s[-1] %}{% endif %}{% endfor %}",
                "{% set s = 'a' * 1000000 %}" + LOOP + "{% if s is lower %}{% endif %}{% endfor %}",
                "{% set k = range(50000) | list %}"
                        + LOOP
                        + "{% if k == k[:] %}{% endif %}{% endfor %}",
                "{% set s = '1' * 4300 %}" + LOOP + "{% if s | int %}{% endif %}{% endfor %}"
            })
    void limitsHold(String source) {
        JinjaTemplate template = JinjaTemplate.ofRequest(source);
        JinjaException failure =
                assertTimeoutPreemptively(
                        PATIENCE,
                        () ->
                                assertThrows(
                                        JinjaException.class,
                                        () -> template.render(Map.of(), OwnCasesTest.CLOCK)));
        assertEquals(Kind.LIMIT, failure.kind(), failure.getMessage());
    }

    static List<String> deepSources() {
        int depth = 20_000;
        return List.of(
                "{{ " + "(".repeat(depth) + "1" + ")".repeat(depth) + " }}",
                "{{ " + "[".repeat(depth) + "]".repeat(depth) + " }}",
                "{{ " + "-".repeat(depth) + "1 }}",
                "{{ " + "not ".repeat(depth) + "1 }}",
                "{{ 1" + " + 1".repeat(depth) + " }}",
                "{{ 1" + " if 1 else 1".repeat(depth / 2) + " }}",
                "{{ x" + ".a".repeat(depth) + " }}",
                "{{ x" + "[0]".repeat(depth) + " }}",
                "{{ x" + "()".repeat(depth) + " }}",
                "{{ 1" + "|abs".repeat(depth) + " }}",
                "{{ 1" + " is odd".repeat(depth / 2) + " }}",
                "{% if 1 %}".repeat(depth / 4) + "{% endif %}".repeat(depth / 4),
                "{% set x %}".repeat(depth / 4) + "{% endset %}".repeat(depth / 4));
    }

    /** Neither the parser nor the evaluator may exhaust a small stack. */
    @ParameterizedTest
    @MethodSource("deepSources")
    void nestingIsBounded(String source) throws InterruptedException {
        int smallStack = 512 << 10;
        Throwable[] failure = new Throwable[1];
        Runnable rendering =
                () -> {
                    try {
                        JinjaTemplate.ofCheckpoint(source).render(Map.of(), OwnCasesTest.CLOCK);
                    } catch (Throwable thrown) {
                        failure[0] = thrown;
                    }
                };
        Thread thread = new Thread(null, rendering, "small-stack", smallStack);
        thread.start();
        thread.join();
        assertEquals(JinjaException.class, failure[0].getClass(), () -> failure[0].toString());
    }

    @Test
    void outputIsLimitedAsAWhole() {
        JinjaTemplate template = JinjaTemplate.ofRequest(LOOP + "x".repeat(1000) + "{% endfor %}");
        JinjaException failure =
                assertThrows(
                        JinjaException.class, () -> template.render(Map.of(), OwnCasesTest.CLOCK));
        assertEquals(Kind.LIMIT, failure.kind());
    }
}
