package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.NotServed;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.generation.Sequences;
import java.util.List;
import java.util.OptionalInt;

/**
 * The body of a chat completion.
 *
 * @param conversation what is to be answered
 * @param sequences how
 * @param includesUsage whether a stream ends with token counts
 */
record ChatRequest(Prompt.Chat conversation, Sequences sequences, boolean includesUsage) {

    private static final List<Field<?>> NOT_SERVED =
            List.of(
                    NotServed.field("logprobs"),
                    NotServed.field("top_logprobs"),
                    NotServed.field("logit_bias"),
                    NotServed.field("tools"),
                    NotServed.field("tool_choice", "none", "auto"),
                    NotServed.field("functions"),
                    NotServed.field("function_call", "none", "auto"),
                    NotServed.field("parallel_tool_calls", "true"),
                    NotServed.field("response_format", "text"),
                    NotServed.field("modalities", "text"),
                    NotServed.field("audio"),
                    NotServed.field("prediction"),
                    NotServed.field("reasoning_effort", "none"),
                    NotServed.field("verbosity", "medium"),
                    NotServed.field("web_search_options"));

    static final BodySpec BODY =
            BodySpec.of(Conversation.FIELDS)
                    .and(CommonFields.all())
                    .and(NOT_SERVED)
                    .requiring("messages", "model");

    static ChatRequest parse(RequestObject body) {
        body.ignoreAllBut(BODY);
        NOT_SERVED.forEach(body::get);
        return new ChatRequest(
                Conversation.parse(body),
                CommonFields.read(body, OptionalInt.empty()),
                CommonFields.includesUsage(body));
    }
}
