package dev.nightjar.server.dialect.openai.chat;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.server.generation.Sequences;
import java.util.OptionalInt;

/**
 * What a chat completion asks for.
 *
 * @param conversation what is to be answered
 * @param calls how tool calls are written in the answer
 * @param promptLogprobs alternatives to report with each token of the prompt, if asked for
 * @param sequences how
 * @param includesUsage whether a stream ends with token counts
 */
record ChatRequest(
        Prompt.Chat conversation,
        ToolUse.CallForm calls,
        OptionalInt promptLogprobs,
        Sequences sequences,
        boolean includesUsage) {}
