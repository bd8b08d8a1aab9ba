package dev.nightjar.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.request.DryParams;
import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RepeatedPassagesTest {

    private static final DryParams DRY = DryParams.of(1).withBase(2);

    private static Map<Integer, Float> penalties(DryParams params, int... tokens) {
        SamplingBatch batch = new SamplingBatch(1);
        int end = new RepeatedPassages(params, new TokenHistory(tokens)).fill(batch, 0);
        Map<Integer, Float> penalties = new TreeMap<>();
        for (int i = 0; i < end; i++) {
            assertEquals(null, penalties.put(batch.editToken[i], batch.editValue[i]));
        }
        return penalties;
    }

    @Test
    void aRepeatedPassageIsNotContinued() {
        assertEquals(Map.of(7, -1f), penalties(DRY, 5, 6, 7, 8, 5, 6));
        assertEquals(Map.of(7, -2f), penalties(DRY, 4, 5, 6, 7, 8, 4, 5, 6));
    }

    @Test
    void shortPassagesCostNothing() {
        assertEquals(Map.of(), penalties(DRY, 1, 6, 7, 8, 5, 6));
        assertEquals(Map.of(7, -1f), penalties(DRY.withAllowedLength(1), 1, 6, 7, 8, 5, 6));
    }

    @Test
    void theLongestOfSeveralPassagesCounts() {
        assertEquals(Map.of(7, -4f, 9, -1f), penalties(DRY, 1, 2, 3, 4, 7, 3, 4, 9, 1, 2, 3, 4));
    }

    @Test
    void passagesMayOverlapThemselves() {
        assertEquals(Map.of(1, -4f), penalties(DRY, 1, 1, 1, 1, 1));
    }

    @Test
    void noPassageReachesOverABreaker() {
        DryParams broken = DRY.withBreakerTokens(Set.of(5));
        assertEquals(Map.of(), penalties(broken, 4, 5, 6, 7, 8, 4, 5, 6));
        assertEquals(Map.of(8, -1f), penalties(broken, 4, 5, 6, 7, 8, 4, 5, 6, 7));
    }

    @Test
    void onlyTheWindowIsLookedAt() {
        assertEquals(Map.of(), penalties(DRY.withWindow(5), 5, 6, 7, 8, 9, 5, 6));
        assertEquals(Map.of(7, -1f), penalties(DRY.withWindow(7), 5, 6, 7, 8, 9, 5, 6));
    }

    @Test
    void endlessRepetitionStaysANumber() {
        int[] same = new int[5000];
        Map<Integer, Float> penalties = penalties(DryParams.of(100).withBase(100), same);
        assertEquals(true, Float.isFinite(penalties.get(0)));
    }

    /** As the definition says, passage by passage. */
    @Property(tries = 300)
    void equalsTheDefinition(
            @ForAll @Size(max = 60) int @IntRange(max = 3) [] raw,
            @ForAll @IntRange(min = 1, max = 4) int allowed,
            @ForAll @IntRange(min = -1, max = 70) int window,
            @ForAll boolean isBroken) {
        int[] tokens = raw.clone();
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = Math.floorMod(tokens[i], 4);
        }
        DryParams params =
                DRY.withAllowedLength(allowed)
                        .withWindow(window)
                        .withBreakerTokens(isBroken ? Set.of(3) : Set.of());
        assertEquals(definition(params, tokens), penalties(params, tokens));
    }

    private static Map<Integer, Float> definition(DryParams params, int[] tokens) {
        int n = tokens.length;
        int first = params.window() < 0 ? 0 : Math.max(0, n - params.window());
        Map<Integer, Float> penalties = new TreeMap<>();
        for (int next = first; next < n; next++) {
            int length = 0;
            while (next - length - 1 >= first
                    && tokens[next - length - 1] == tokens[n - length - 1]
                    && !params.breakerTokens().contains(tokens[n - length - 1])) {
                length++;
            }
            if (length >= params.allowedLength()) {
                float penalty = (float) -Math.pow(2, length - params.allowedLength());
                penalties.merge(tokens[next], penalty, Math::min);
            }
        }
        penalties.replaceAll((token, value) -> value);
        return penalties;
    }
}
