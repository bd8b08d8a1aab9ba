package dev.nightjar.server.dialect.openai;

import dev.nightjar.server.catalog.ModelPolicy;
import dev.nightjar.server.route.Dialect;

/**
 * Where OpenAI's routes are mounted, and how strict they are there.
 *
 * @param dialect whose errors they answer with
 * @param prefix what their paths begin with
 * @param models what becomes of missing and unknown model names
 */
public record Surface(Dialect dialect, String prefix, ModelPolicy models) {

    /** OpenAI proper. */
    public static final Surface OPENAI = new Surface(Dialect.OPENAI, "/v1", ModelPolicy.STRICT);

    /** The root, as the llm_serving README calls it. */
    public static final Surface ROOT = new Surface(Dialect.LLM_SERVING, "", ModelPolicy.LENIENT);

    /** Whether small slips of clients are forgiven. */
    boolean isLenient() {
        return models == ModelPolicy.LENIENT;
    }
}
