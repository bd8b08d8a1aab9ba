package dev.nightjar.server.dialect.openai.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.text.Prompt;
import dev.nightjar.server.TestModels;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.format.TokenizerLoader;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The prompt of a model that fills in the middle. */
final class FillInMiddleTest {

    private static Tokenizer qwen;

    @BeforeAll
    static void load() throws IOException {
        qwen = TokenizerLoader.ofFolder(TestModels.shared("data/tok/qwen2.5")).tokenizer();
    }

    private static String prompt(Prompt before, String after) {
        Prompt prompt = FillInMiddle.of(qwen).orElseThrow().prompt(before, after);
        return qwen.decodeWithSpecials(((Prompt.Tokens) prompt).ids());
    }

    @Test
    void textsStandBetweenTheTokensOfTheVocabulary() {
        assertEquals(
                "<|fim_prefix|>def f(x):\n<|fim_suffix|>\n    return y<|fim_middle|>",
                prompt(new Prompt.Text("def f(x):\n"), "\n    return y"));
    }

    @Test
    void idsToo() {
        int[] ids = qwen.encode("a = ");
        assertEquals(
                "<|fim_prefix|>a = <|fim_suffix|>;<|fim_middle|>",
                prompt(new Prompt.Tokens(ids), ";"));
    }

    @Test
    void otherModelsHaveNoWay() {
        try (Engine engine = TestModels.open(LoadOptions.defaults())) {
            assertTrue(FillInMiddle.of(engine.model().tokenizer()).isEmpty());
        }
    }
}
