package dev.nightjar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.request.SamplingParams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several choices of one request compute their prompt once. */
class ChoicesTest {

    private static final int MAX_TOKENS = 5;

    private static Engine engine;

    @BeforeAll
    static void open() {
        LoadOptions options = LoadOptions.defaults().withBlockSize(32).withMaxBatchedTokens(96);
        engine = Engine.builder().options(options).demoModel().open();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    /** Shorter than a block, exactly one, one more, several, and longer than a step's budget. */
    @ParameterizedTest
    @CsvSource({"2, 3", "17, 3", "31, 4", "32, 3", "33, 3", "65, 8", "100, 3", "200, 40"})
    void promptIsComputedOnce(int promptTokens, int choices) throws Exception {
        List<GenerationRequest> requests = new ArrayList<>();
        for (int choice = 0; choice < choices; choice++) {
            requests.add(request(promptTokens, choice));
        }
        EngineStats before = engine.stats();
        List<Together.Outcome> outcomes = Together.run(engine.model(), requests);
        EngineStats after = engine.stats();
        // each choice computes the prompt's last token itself, for its logits
        long cached = (long) (choices - 1) * (promptTokens - 1);
        assertEquals(cached, after.cachedTokens() - before.cachedTokens());
        long generated = (long) choices * MAX_TOKENS;
        assertEquals(
                promptTokens - 1 + generated, after.computedTokens() - before.computedTokens());
        assertEquals(0, outcomes.getFirst().end().usage().cachedTokens());
        assertEquals(promptTokens - 1, outcomes.getLast().end().usage().cachedTokens());
    }

    /** A salt per case, so that none finds the prompt of another. */
    private static GenerationRequest request(int promptTokens, int choice) {
        int[] prompt = new int[promptTokens];
        Arrays.setAll(prompt, i -> 10 + i % 37);
        SamplingParams params =
                SamplingParams.builder().seed(5).maxTokens(MAX_TOKENS).ignoreEos(true).build();
        return new GenerationRequest(
                prompt, params, choice, Optional.empty(), "" + promptTokens, 0, Optional.empty());
    }
}
