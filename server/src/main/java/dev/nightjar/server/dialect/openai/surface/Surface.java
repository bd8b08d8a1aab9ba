package dev.nightjar.server.dialect.openai.surface;

import dev.nightjar.server.catalog.ModelPolicy;
import dev.nightjar.server.generation.SamplingDefaults;
import dev.nightjar.server.route.Dialect;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where OpenAI's calls are mounted, and what they are like there.
 *
 * @param dialect whose errors they answer with
 * @param prefix what their paths begin with
 * @param models what becomes of missing and unknown model names
 * @param sampling what they sample with where a request says nothing
 * @param liberties what they take beyond OpenAI's API
 * @param systemPrompt what conversations without a system message begin with; may be empty
 */
public record Surface(
        Dialect dialect,
        String prefix,
        ModelPolicy models,
        SamplingDefaults sampling,
        Set<Liberty> liberties,
        String systemPrompt) {

    /** OpenAI proper. */
    public static final Surface OPENAI =
            new Surface(
                    Dialect.OPENAI,
                    "/v1",
                    ModelPolicy.STRICT,
                    SamplingDefaults.OPENAI,
                    Liberty.none());

    /** The root, as the llm_serving README calls it. */
    public static final Surface ROOT =
            new Surface(
                    Dialect.LLM_SERVING,
                    "",
                    ModelPolicy.LENIENT,
                    SamplingDefaults.OPENAI,
                    EnumSet.complementOf(EnumSet.of(Liberty.INPUTS)));

    /** Without a system prompt. */
    public Surface(
            Dialect dialect,
            String prefix,
            ModelPolicy models,
            SamplingDefaults sampling,
            Set<Liberty> liberties) {
        this(dialect, prefix, models, sampling, liberties, "");
    }

    /** Copies the liberties. */
    public Surface {
        liberties = Set.copyOf(liberties);
    }

    /** The same with another system prompt. */
    public Surface withSystemPrompt(String value) {
        return new Surface(dialect, prefix, models, sampling, liberties, value);
    }

    /** Whether something is taken here. */
    public boolean takes(Liberty liberty) {
        return liberties.contains(liberty);
    }
}
