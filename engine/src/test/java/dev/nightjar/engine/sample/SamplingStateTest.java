package dev.nightjar.engine.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingStateTest {

    private static final SamplingParams PLAIN = SamplingParams.builder().build();
    private static final SamplingParams PENALTIES =
            SamplingParams.builder().presencePenalty(1).frequencyPenalty(0.5).build();

    @Test
    void choiceShiftsTheSeed() {
        SamplingBatch batch = new SamplingBatch(2);
        new SamplingState(PLAIN, 41, 1, new int[] {1}).fill(batch, 0);
        new SamplingState(PLAIN, 42, 0, new int[] {1}).fill(batch, 1);
        assertEquals(batch.seed[1], batch.seed[0]);
    }

    @Test
    void positionCountsDrawnTokensOnly() {
        SamplingState state = new SamplingState(PLAIN, 1, 0, new int[] {5, 6, 7});
        state.advance(9);
        state.advance(9);
        SamplingBatch batch = new SamplingBatch(1);
        state.fill(batch, 0);
        assertEquals(2, batch.position[0]);
        assertEquals(0, batch.countStart[1]);
    }

    @Test
    void countsPromptAndCompletionApart() {
        SamplingState state = new SamplingState(PENALTIES, 1, 0, new int[] {5, 6, 5});
        state.advance(6);
        state.advance(8);
        state.advance(6);
        SamplingBatch batch = new SamplingBatch(3);
        new SamplingState(PLAIN, 1, 0, new int[] {5}).fill(batch, 0);
        state.fill(batch, 1);
        new SamplingState(PENALTIES, 1, 0, new int[] {7}).fill(batch, 2);
        assertArrayEquals(new int[] {0, 0, 3, 4}, batch.countStart);
        assertArrayEquals(new int[] {5, 6, 8, 7}, Arrays.copyOf(batch.countToken, 4));
        assertArrayEquals(new int[] {0, 2, 1, 0}, Arrays.copyOf(batch.countGenerated, 4));
    }

    @Test
    void growsTheBatchForManyTokens() {
        int[] prompt = IntStream.range(0, 1000).toArray();
        SamplingBatch batch = new SamplingBatch(1);
        new SamplingState(PENALTIES, 1, 0, prompt).fill(batch, 0);
        assertArrayEquals(prompt, Arrays.copyOf(batch.countToken, 1000));
    }
}
