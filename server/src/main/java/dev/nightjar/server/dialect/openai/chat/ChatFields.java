package dev.nightjar.server.dialect.openai.chat;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextOutput;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.NotServed;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.dialect.openai.surface.CommonFields;
import dev.nightjar.server.dialect.openai.surface.Liberty;
import dev.nightjar.server.dialect.openai.surface.LogprobFields;
import dev.nightjar.server.dialect.openai.surface.Surface;
import dev.nightjar.server.generation.Sequences;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The members of a chat completion at one place. */
final class ChatFields {

    private static final List<Field<?>> NOT_SERVED =
            List.of(
                    NotServed.field("modalities", "text"),
                    NotServed.field("audio"),
                    NotServed.field("verbosity", "medium"),
                    NotServed.field("web_search_options"));

    /** It would only make answers faster. */
    private static final Field<Boolean> PREDICTION = Field.withoutEffect("prediction");

    private final CommonFields common;
    private final Conversation conversation;
    private final BodySpec body;

    ChatFields(Surface surface) {
        this.common = new CommonFields(surface, 1);
        this.conversation = new Conversation(surface);
        this.body =
                BodySpec.of(conversation.fields())
                        .and(common.all())
                        .and(LogprobFields.all())
                        .and(ToolFields.all())
                        .and(List.of(PREDICTION))
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
        Prompt.Chat asked = conversation.read(request);
        ToolUse tools = ToolFields.read(request);
        Prompt.Chat shown =
                tools.tools().isEmpty()
                        ? asked
                        : new Prompt.Chat(
                                asked.prompt().withTools(tools.tools()), asked.template());
        OptionalInt logprobs = LogprobFields.read(request);
        Sequences sequences = common.read(request, OptionalInt.empty());
        TextOutput output = tools.of(sequences.output());
        Sequences named = tools.named(sequences);
        return new ChatRequest(
                shown,
                tools.form(),
                LogprobFields.readOfPrompt(request, sequences.isStreamed()),
                named.withOutput(
                        logprobs.isPresent() ? output.withLogprobs(logprobs.getAsInt()) : output),
                common.includesUsage(request));
    }
}
