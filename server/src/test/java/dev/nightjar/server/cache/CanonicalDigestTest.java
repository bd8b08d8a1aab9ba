package dev.nightjar.server.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CanonicalDigestTest {

    private record Pair(Object left, Object right) {}

    private record Other(Object left, Object right) {}

    @Test
    void equalValuesHaveEqualDigests() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("a", List.of(1, 2));
        one.put("b", null);
        Map<String, Object> other = new HashMap<>();
        other.put("b", null);
        other.put("a", new ArrayList<>(List.of(1, 2)));
        assertArrayEquals(CanonicalDigest.of(one), CanonicalDigest.of(other));
        assertArrayEquals(CanonicalDigest.of(Set.of(1, 2, 3)), CanonicalDigest.of(Set.of(3, 1, 2)));
        TextRequest request = TextRequest.of("Once").withStop(List.of("x"));
        TextRequest same = TextRequest.of("Once").withStop(List.of("x"));
        assertArrayEquals(CanonicalDigest.of(request), CanonicalDigest.of(same));
    }

    /** No two of these may be taken for each other. */
    @Test
    void differentValuesHaveDifferentDigests() {
        List<Object> values =
                Arrays.asList(
                        null,
                        "",
                        "null",
                        0,
                        0L,
                        0f,
                        0d,
                        false,
                        "0",
                        List.of(),
                        Set.of(),
                        Map.of(),
                        Optional.empty(),
                        Optional.of(Optional.empty()),
                        OptionalInt.of(1),
                        List.of(1),
                        Set.of(1),
                        List.of(1, 2),
                        List.of(2, 1),
                        List.of(List.of(1), List.of(2)),
                        List.of(List.of(1, 2)),
                        List.of("a", "bc"),
                        List.of("ab", "c"),
                        new int[] {1, 2},
                        new byte[] {1, 2},
                        Map.of("a", "b"),
                        Map.of("b", "a"),
                        new Pair("a", "b"),
                        new Pair("b", "a"),
                        new Pair(List.of("a"), "b"),
                        new Other("a", "b"),
                        SamplingParams.builder().topP(0.5).build(),
                        SamplingParams.builder().minP(0.5).build(),
                        new Prompt.Text("1"),
                        new Prompt.Tokens(new int[] {1}));
        Set<String> digests = new HashSet<>();
        values.forEach(value -> digests.add(Arrays.toString(CanonicalDigest.of(value))));
        assertEquals(values.size(), digests.size());
    }

    @Test
    void whatItDoesNotKnowIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> CanonicalDigest.of(new Object()));
        assertThrows(
                IllegalArgumentException.class, () -> CanonicalDigest.of(List.of(Thread.class)));
    }
}
