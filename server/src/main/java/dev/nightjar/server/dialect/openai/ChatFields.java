package dev.nightjar.server.dialect.openai;

import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.NotServed;
import dev.nightjar.server.api.RequestObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The members of a chat completion at one place. */
final class ChatFields {

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

    private final CommonFields common;
    private final Conversation conversation;
    private final BodySpec body;

    ChatFields(Surface surface) {
        this.common = new CommonFields(surface);
        this.conversation = new Conversation(surface);
        this.body =
                BodySpec.of(conversation.fields())
                        .and(common.all())
                        .and(NOT_SERVED)
                        .requiring(required(surface));
    }

    private static String[] required(Surface surface) {
        List<String> names = new ArrayList<>();
        if (!surface.takes(Liberty.INPUTS)) {
            names.add("messages");
        }
        if (!surface.takes(Liberty.MODEL_OPTIONAL)) {
            names.add("model");
        }
        return names.toArray(String[]::new);
    }

    BodySpec body() {
        return body;
    }

    ChatRequest read(RequestObject request) {
        request.ignoreAllBut(body);
        NOT_SERVED.forEach(request::get);
        return new ChatRequest(
                conversation.read(request),
                common.read(request, OptionalInt.empty()),
                common.includesUsage(request));
    }
}
