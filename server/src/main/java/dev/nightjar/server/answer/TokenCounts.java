package dev.nightjar.server.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.request.Usage;
import java.io.IOException;
import java.util.List;

/**
 * Token counts of a whole answer.
 *
 * @param prompt tokens of all prompts, each counted once however many choices it has
 * @param cached of those, tokens taken from the prefix cache
 * @param completion generated tokens of all choices
 */
public record TokenCounts(long prompt, long cached, long completion) {

    /** The member {@code usage} as a JSON schema. */
    public static final String SCHEMA =
            """
            {"type":"object","required":["prompt_tokens","completion_tokens","total_tokens"],\
            "properties":{"prompt_tokens":{"type":"integer"},\
            "completion_tokens":{"type":"integer"},"total_tokens":{"type":"integer"},\
            "prompt_tokens_details":{"type":"object","properties":\
            {"cached_tokens":{"type":"integer"}}}}}""";

    /** Sums up the sequences, of which {@code choicesPerPrompt} in a row share a prompt. */
    public static TokenCounts of(List<Usage> sequences, int choicesPerPrompt) {
        long prompt = 0;
        long cached = 0;
        long completion = 0;
        for (int i = 0; i < sequences.size(); i++) {
            Usage usage = sequences.get(i);
            completion += usage.completionTokens();
            if (i % choicesPerPrompt == 0) {
                prompt += usage.promptTokens();
                cached += usage.cachedTokens();
            }
        }
        return new TokenCounts(prompt, cached, completion);
    }

    /** Writes the member {@code usage}. */
    public void write(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("prompt_tokens", prompt);
        json.writeNumberField("completion_tokens", completion);
        json.writeNumberField("total_tokens", prompt + completion);
        json.writeObjectFieldStart("prompt_tokens_details");
        json.writeNumberField("cached_tokens", cached);
        json.writeEndObject();
        json.writeEndObject();
    }
}
