package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.server.generation.Sequences;

/**
 * What a chat completion asks for.
 *
 * @param conversation what is to be answered
 * @param calls how tool calls are written in the answer
 * @param sequences how
 * @param includesUsage whether a stream ends with token counts
 */
record ChatRequest(
        Prompt.Chat conversation,
        ToolUse.CallForm calls,
        Sequences sequences,
        boolean includesUsage) {}
