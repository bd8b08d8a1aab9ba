package dev.nightjar.engine.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingStateTest {

    private static final EndTokens ENDS = new EndTokens(id -> id == 2, 2000);
    private static final SamplingParams PLAIN = SamplingParams.builder().build();
    private static final SamplingParams PENALTIES =
            SamplingParams.builder().presencePenalty(1).frequencyPenalty(0.5).build();

    private static SamplingState state(SamplingParams params, int... prompt) {
        return new SamplingState(GenerationRequest.of(prompt, params), 1, ENDS);
    }

    private static int[] counted(SamplingBatch batch, int row) {
        return Arrays.copyOfRange(
                batch.countToken, batch.countStart[row], batch.countStart[row + 1]);
    }

    @Test
    void choiceShiftsTheSeed() {
        SamplingBatch batch = new SamplingBatch(2);
        GenerationRequest second =
                new GenerationRequest(
                        new int[] {1}, PLAIN, 1, Optional.empty(), "", 0, Optional.empty());
        new SamplingState(second, 41, ENDS).fill(batch, 0);
        new SamplingState(GenerationRequest.of(new int[] {1}, PLAIN), 42, ENDS).fill(batch, 1);
        assertEquals(batch.seed[1], batch.seed[0]);
    }

    @Test
    void positionCountsDrawnTokensOnly() {
        SamplingState state = state(PLAIN, 5, 6, 7);
        state.advance(9);
        state.advance(9);
        SamplingBatch batch = new SamplingBatch(1);
        state.fill(batch, 0);
        assertEquals(2, batch.position[0]);
        assertEquals(0, batch.countStart[1]);
        assertEquals(0, batch.editStart[1]);
    }

    @Test
    void presenceAndFrequencyCountTheCompletionAlone() {
        SamplingState state = state(PENALTIES, 5, 6, 5);
        state.advance(6);
        state.advance(8);
        state.advance(6);
        SamplingBatch batch = new SamplingBatch(3);
        state(PLAIN, 5).fill(batch, 0);
        state.fill(batch, 1);
        state(PENALTIES, 7).fill(batch, 2);
        assertArrayEquals(new int[] {0, 0, 2, 2}, batch.countStart);
        assertArrayEquals(new int[] {6, 8}, counted(batch, 1));
        assertArrayEquals(new int[] {2, 1}, Arrays.copyOf(batch.countGenerated, 2));
        assertEquals(false, batch.countRepeated[0]);
    }

    @Test
    void repetitionCountsPromptAndCompletion() {
        SamplingState state = state(SamplingParams.builder().repetitionPenalty(2).build(), 5, 6, 5);
        state.advance(6);
        state.advance(8);
        SamplingBatch batch = new SamplingBatch(1);
        state.fill(batch, 0);
        assertArrayEquals(new int[] {5, 6, 8}, counted(batch, 0));
        assertArrayEquals(new int[] {0, 1, 1}, Arrays.copyOf(batch.countGenerated, 3));
        assertEquals(true, batch.countRepeated[2]);
    }

    @Test
    void repetitionForgetsWhatLeavesItsWindow() {
        SamplingParams params =
                SamplingParams.builder().repetitionPenalty(2).repetitionWindow(3).build();
        SamplingState state = state(params, 5, 6, 7, 8);
        SamplingBatch batch = new SamplingBatch(1);
        state.fill(batch, 0);
        assertArrayEquals(new int[] {6, 7, 8}, counted(batch, 0));
        state.advance(6);
        state.fill(batch, 0);
        assertArrayEquals(new int[] {6, 7, 8}, counted(batch, 0));
        for (int token : new int[] {9, 9, 9}) {
            state.advance(token);
        }
        state.fill(batch, 0);
        // 6 was generated: it is still counted, but no longer repeated
        assertArrayEquals(new int[] {6, 9}, counted(batch, 0));
        assertEquals(false, batch.countRepeated[0]);
        assertEquals(true, batch.countRepeated[1]);
    }

    @Test
    void growsTheBatchForManyTokens() {
        int[] prompt = IntStream.range(0, 1000).toArray();
        SamplingBatch batch = new SamplingBatch(1);
        state(SamplingParams.builder().repetitionPenalty(2).build(), prompt).fill(batch, 0);
        assertArrayEquals(prompt, counted(batch, 0));
    }

    @Test
    void countsManyDifferentGeneratedTokens() {
        SamplingState state = state(PENALTIES, 5);
        IntStream.range(0, 300).forEach(state::advance);
        SamplingBatch batch = new SamplingBatch(1);
        state.fill(batch, 0);
        assertArrayEquals(IntStream.range(0, 300).toArray(), sorted(counted(batch, 0)));
        assertEquals(300, Arrays.stream(batch.countGenerated).sum());
    }

    private static int[] sorted(int[] values) {
        Arrays.sort(values);
        return values;
    }

    @Test
    void biasesAndForbiddenEndsAreEdits() {
        SamplingParams params =
                SamplingParams.builder()
                        .logitBias(Map.of(9, 4f, 3, -100f))
                        .minTokens(1)
                        .stopTokens(Set.of(7))
                        .build();
        SamplingState state = state(params, 5);
        SamplingBatch batch = new SamplingBatch(2);
        state(PLAIN, 5).fill(batch, 0);
        state.fill(batch, 1);
        assertArrayEquals(new int[] {0, 0, 4}, batch.editStart);
        assertArrayEquals(new int[] {3, 9, 2, 7}, Arrays.copyOf(batch.editToken, 4));
        float never = Float.NEGATIVE_INFINITY;
        assertArrayEquals(new float[] {-100, 4, never, never}, Arrays.copyOf(batch.editValue, 4));
        state.advance(1);
        state.fill(batch, 1);
        assertEquals(2, batch.editStart[2], "enough tokens: the end is allowed");
    }

    @Test
    void ignoredEndTokensAreNotHeldBack() {
        SamplingParams params = SamplingParams.builder().minTokens(1).ignoreEos(true).build();
        SamplingBatch batch = new SamplingBatch(1);
        state(params, 5).fill(batch, 0);
        assertEquals(0, batch.editStart[1]);
    }
}
