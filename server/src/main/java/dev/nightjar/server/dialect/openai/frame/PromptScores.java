package dev.nightjar.server.dialect.openai.frame;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TokenText;
import dev.nightjar.server.answer.Answers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How likely the tokens of a prompt were, in the form of vLLM's member {@code prompt_logprobs}: for
 * each token an object by ids, of the token itself and the likeliest ones at its place.
 *
 * @param tokens of the prompt
 */
public record PromptScores(List<TokenText> tokens) {

    /** Those of a prompt, if they are asked for; waits for the engine unless they are known. */
    public static Optional<PromptScores> of(
            OptionalInt top,
            Prompt prompt,
            TextModel model,
            Answers answers,
            ServerRequest request,
            ServerResponse response) {
        if (top.isEmpty()) {
            return Optional.empty();
        }
        int[] ids = model.promptIds(prompt);
        return Optional.of(
                new PromptScores(answers.score(request, response, model, ids, top.getAsInt())));
    }

    /** Writes the member. */
    public void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("prompt_logprobs");
        for (TokenText token : tokens) {
            if (token.hasLogprob()) {
                writeAlternatives(json, token);
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
    }

    private static void writeAlternatives(JsonGenerator json, TokenText token) throws IOException {
        List<TokenText> all = new ArrayList<>(token.top());
        boolean isAmongThem = all.stream().anyMatch(other -> other.id() == token.id());
        json.writeStartObject();
        for (int i = 0; i < all.size(); i++) {
            write(json, all.get(i), OptionalInt.of(i + 1));
        }
        if (!isAmongThem) {
            write(json, token, OptionalInt.empty());
        }
        json.writeEndObject();
    }

    /** The rank of a token behind the likeliest ones is not known. */
    private static void write(JsonGenerator json, TokenText token, OptionalInt rank)
            throws IOException {
        json.writeObjectFieldStart(Integer.toString(token.id()));
        json.writeNumberField("logprob", TokenJson.logprob(token));
        json.writeFieldName("rank");
        if (rank.isPresent()) {
            json.writeNumber(rank.getAsInt());
        } else {
            json.writeNull();
        }
        json.writeStringField("decoded_token", new String(token.bytes(), StandardCharsets.UTF_8));
        json.writeEndObject();
    }
}
