package dev.nightjar.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepPaceTest {

    private static final int MAX = 512;
    private static final int DECODING = 8;

    private final StepPace pace = new StepPace(Duration.ofMillis(200), MAX);

    @ParameterizedTest
    @CsvSource({
        "30, 2, 77, 'a fixed part and one per token'",
        "0, 10, 12, 'a slow machine: few beside streams'",
        "0, 20, 8, 'a slower one: streams alone take long, prompts progress nevertheless'",
        "100, 1, 92, 'half of it fixed'",
        "300, 1, 8, 'always too long'",
        "5, 0.01, 512, 'a fast device takes the whole budget'"
    })
    void stepsSettleWhereTheyTakeAsLongAsTheyShould(
            double fixed, double perToken, int tokens, String machine) {
        for (int step = 0; step < 20; step++) {
            take(pace.promptTokens(), fixed + perToken * (DECODING + pace.promptTokens()));
        }
        assertEquals(tokens, pace.promptTokens(), 2, machine);
    }

    @Test
    void oneDisturbedStepHalvesAndIsSoonForgotten() {
        for (int step = 0; step < 10; step++) {
            take(pace.promptTokens(), 2 * pace.promptTokens());
        }
        take(pace.promptTokens(), 60_000);
        assertEquals(50, pace.promptTokens(), 1);
        take(pace.promptTokens(), 2 * pace.promptTokens());
        assertEquals(100, pace.promptTokens(), 2);
    }

    @Test
    void aShortRestOfAPromptSaysNothingOfLargerOnes() {
        int before = pace.promptTokens();
        take(3, 5);
        assertEquals(before, pace.promptTokens());
        take(before - 1, 400);
        assertTrue(pace.promptTokens() < before, "but it does if it took too long");
    }

    @Test
    void aStepThatTookTooLongNeverRaises() {
        int before = pace.promptTokens();
        take(8 * before, 5_000);
        assertEquals(before, pace.promptTokens());
    }

    @Test
    void aSmallBudgetIsKept() {
        assertEquals(4, new StepPace(Duration.ofMillis(200), 4).promptTokens());
    }

    private void take(int numPrompt, double millis) {
        pace.learn(numPrompt, (long) (millis * 1e6));
    }
}
