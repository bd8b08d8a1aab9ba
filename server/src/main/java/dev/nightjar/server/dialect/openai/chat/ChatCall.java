package dev.nightjar.server.dialect.openai.chat;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.dialect.openai.frame.Frame;
import dev.nightjar.server.dialect.openai.frame.PromptScores;
import dev.nightjar.server.dialect.openai.surface.Liberty;
import dev.nightjar.server.dialect.openai.surface.Surface;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.generation.Sequences;
import dev.nightjar.tokenizer.template.ChatMessage;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Chat completions at one place, for whoever has read the body and chosen the model. */
public final class ChatCall {

    private final ChatFields fields;
    private final Surface surface;
    private final Answers answers;

    /**
     * At this place.
     *
     * @param answers with the time limits of the place
     */
    public ChatCall(Surface surface, Answers answers) {
        this.surface = surface;
        this.answers = answers;
        this.fields = new ChatFields(surface);
    }

    /** What the body may hold. */
    public BodySpec body() {
        return fields.body();
    }

    /**
     * Answers a conversation; the member {@code model} is not read.
     *
     * @throws dev.nightjar.server.error.ApiException if the body asks for what cannot be served
     */
    public void answer(
            ServerRequest request, ServerResponse response, RequestObject body, ServedModel asked) {
        ChatRequest chat = fields.read(body);
        body.ignored().writeTo(response);
        Sequences sequences = chat.sequences();
        ServedModel model =
                sequences.answering(asked, text -> List.of(prompt(chat.conversation(), text)));
        Prompt prompt = prompt(chat.conversation(), model.text());
        Frame frame =
                Frame.of(response, model.id(), chat.includesUsage(), surface.dialect().errors());
        Optional<PromptScores> scores =
                PromptScores.of(
                        chat.promptLogprobs(), prompt, model.text(), answers, request, response);
        boolean hasLogprobs = sequences.output().topLogprobs().isPresent();
        answers.answer(
                request,
                response,
                sequences.of(model, List.of(prompt)),
                new ChatShape(frame, new CallJson(chat.calls()), hasLogprobs, scores));
    }

    private Prompt prompt(Prompt.Chat conversation, TextModel model) {
        if (model.canChat() || conversation.template().isPresent()) {
            return conversation;
        }
        if (surface.takes(Liberty.PLAIN_CONVERSATION)) {
            return new Prompt.Text(plain(conversation));
        }
        throw ApiError.invalidRequest(
                        "model '%s' has no chat template; use /v1/completions"
                                .formatted(model.name()))
                .withParam("messages")
                .withCode("no_chat_template")
                .asException();
    }

    /** What a model that knows no conversations continues: everything said, and nothing else. */
    private static String plain(Prompt.Chat conversation) {
        return conversation.prompt().messages().stream()
                .map(ChatMessage::text)
                .collect(Collectors.joining());
    }
}
