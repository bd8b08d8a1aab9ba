package dev.nightjar.server.dialect.openai.completion;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.answer.Generation;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.dialect.openai.frame.Frame;
import dev.nightjar.server.dialect.openai.frame.PromptScores;
import dev.nightjar.server.dialect.openai.surface.Surface;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.tokenizer.Tokenizer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Completions at one place, for whoever has read the body and chosen the model. */
public final class CompletionCall {

    private final CompletionFields fields;
    private final Surface surface;
    private final Answers answers;

    /**
     * At this place.
     *
     * @param answers with the time limits of the place
     */
    public CompletionCall(Surface surface, Answers answers) {
        this.surface = surface;
        this.answers = answers;
        this.fields = new CompletionFields(surface);
    }

    /** What the body may hold. */
    public BodySpec body() {
        return fields.body();
    }

    /**
     * Continues texts; the member {@code model} is not read.
     *
     * @throws dev.nightjar.server.error.ApiException if the body asks for what cannot be served
     */
    public void answer(
            ServerRequest request, ServerResponse response, RequestObject body, ServedModel named) {
        CompletionRequest asked = fields.read(body);
        body.ignored().writeTo(response);
        ServedModel model =
                asked.sequences().answering(named, candidate -> prompts(asked, candidate));
        TextModel text = model.text();
        Generation task = asked.sequences().of(model, prompts(asked, text));
        List<Echo> echoes = echoes(asked, text, request, response);
        int numChoices = task.sequences().size();
        CompletionShape shape =
                new CompletionShape(
                        frame(response, model, asked),
                        echoes,
                        Stream.generate(() -> new CompletionLogprobs(text.tokenizer().vocabulary()))
                                .limit(asked.logprobs().isPresent() ? numChoices : 0)
                                .toList(),
                        new BestChoices(asked.sequences().numChoices(), asked.numKept()));
        if (asked.isEmpty()) {
            answers.answerNothing(request, response, task, shape);
        } else {
            answers.answer(request, response, task, shape);
        }
    }

    private Frame frame(ServerResponse response, ServedModel model, CompletionRequest asked) {
        return Frame.of(response, model.id(), asked.includesUsage(), surface.dialect().errors());
    }

    private static List<Prompt> prompts(CompletionRequest asked, TextModel model) {
        if (asked.suffix().isEmpty()) {
            return asked.prompts();
        }
        FillInMiddle way =
                FillInMiddle.of(model.tokenizer()).orElseThrow(() -> cannotFillIn(model));
        return asked.prompts().stream()
                .map(prompt -> way.prompt(prompt, asked.suffix().get()))
                .toList();
    }

    /** What the text of each choice begins with. */
    private List<Echo> echoes(
            CompletionRequest asked,
            TextModel model,
            ServerRequest request,
            ServerResponse response) {
        int numChoices = asked.sequences().numChoices();
        List<Echo> echoes = new ArrayList<>();
        for (Prompt prompt : asked.prompts()) {
            Echo echo = echo(prompt, asked, model, request, response);
            echoes.addAll(Collections.nCopies(numChoices, echo));
        }
        return echoes;
    }

    private Echo echo(
            Prompt prompt,
            CompletionRequest asked,
            TextModel model,
            ServerRequest request,
            ServerResponse response) {
        OptionalInt ofText = asked.isEchoed() ? asked.logprobs() : OptionalInt.empty();
        return new Echo(
                asked.isEchoed() ? text(prompt, model.tokenizer()) : "",
                PromptScores.of(ofText, prompt, model, answers, request, response)
                        .map(PromptScores::tokens)
                        .orElse(List.of()),
                PromptScores.of(asked.promptLogprobs(), prompt, model, answers, request, response));
    }

    private static String text(Prompt prompt, Tokenizer tokenizer) {
        return switch (prompt) {
            case Prompt.Text text -> text.text();
            case Prompt.Tokens tokens -> tokenizer.decode(tokens.ids());
            case Prompt.Chat chat -> throw new IllegalStateException("a completion has no " + chat);
        };
    }

    private static RuntimeException cannotFillIn(TextModel model) {
        return ApiError.invalidRequest(
                        ("model '%s' has no tokens for filling in the middle; leave suffix out, or"
                                        + " use a model of source code")
                                .formatted(model.name()))
                .withParam("suffix")
                .withCode("no_fill_in_middle")
                .asException();
    }
}
