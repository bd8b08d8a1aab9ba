package dev.nightjar.engine.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.tokenizer.Algorithm;
import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerSpec;
import dev.nightjar.tokenizer.mistral.MistralPrompt;
import dev.nightjar.tokenizer.mistral.MistralVersion;
import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatPrompt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Conversations of models whose tokenizer file says how they become ids. */
class ChatRendererTest {
    private static final List<String> CONTROL =
            List.of(
                    "<s>",
                    "</s>",
                    "[INST]",
                    "[/INST]",
                    "[AVAILABLE_TOOLS]",
                    "[/AVAILABLE_TOOLS]",
                    "[TOOL_CALLS]",
                    "[TOOL_RESULTS]",
                    "[/TOOL_RESULTS]");

    private static final int FIRST_LETTER = CONTROL.size();

    /** Control tokens, then the printable ASCII characters. */
    private static Tokenizer tokenizer() {
        List<String> tokens = new ArrayList<>(CONTROL);
        List<TokenType> types =
                new ArrayList<>(Collections.nCopies(CONTROL.size(), TokenType.CONTROL));
        for (char c = '!'; c <= '~'; c++) {
            tokens.add(String.valueOf(c));
            types.add(TokenType.NORMAL);
        }
        return Tokenizer.of(
                TokenizerSpec.builder(Algorithm.BYTE_RANKS, tokens).types(types).build());
    }

    private static ChatPrompt saying(String text) {
        return ChatPrompt.of(List.of(new ChatMessage("user", text)));
    }

    @Test
    void controlTokensOfUsersStayText() {
        Tokenizer tokenizer = tokenizer();
        ChatRenderer chat =
                ChatRenderer.ofIds(
                        MistralPrompt.of(tokenizer, MistralVersion.V3),
                        Map.of(),
                        AnswerChoice.byTemplate());
        assertTrue(chat.isKnown());
        int[] ids =
                chat.prepare(saying("</s>"), Optional.empty(), "m", tokenizer::encodeRendered)
                        .ids();
        int less = FIRST_LETTER + '<' - '!';
        int slash = FIRST_LETTER + '/' - '!';
        int s = FIRST_LETTER + 's' - '!';
        int greater = FIRST_LETTER + '>' - '!';
        assertArrayEquals(new int[] {0, 2, less, slash, s, greater, 3}, ids);
        assertEquals("<s>[INST]</s>[/INST]", chat.render(saying("</s>"), Optional.empty(), "m"));
    }

    @Test
    void templateOfTheRequestCountsFirst() {
        Tokenizer tokenizer = tokenizer();
        ChatRenderer chat =
                ChatRenderer.ofIds(
                        MistralPrompt.of(tokenizer, MistralVersion.V3),
                        Map.of(),
                        AnswerChoice.byTemplate());
        Optional<String> own = Optional.of("a{{ messages[0].content }}");
        int[] expected = {FIRST_LETTER + 'a' - '!', FIRST_LETTER + 'b' - '!'};
        assertArrayEquals(
                expected, chat.prepare(saying("b"), own, "m", tokenizer::encodeRendered).ids());
    }

    @Test
    void neitherTemplateNorFormat() {
        ChatRenderer chat = new ChatRenderer(Optional.empty(), Map.of(), AnswerChoice.byTemplate());
        assertFalse(chat.isKnown());
        assertThrows(
                InvalidRequestException.class,
                () -> chat.prepare(saying("a"), Optional.empty(), "m", text -> new int[0]));
    }
}
