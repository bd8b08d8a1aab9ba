package dev.nightjar.bench.client;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.nightjar.bench.DemoServer;
import java.time.Duration;

/** OpenAI's client for Java, which checks every answer against its types. */
final class OpenAiJava {

    static final String NAME = "com.openai:openai-java 4.101.0, responseValidation(true)";

    private OpenAiJava() {}

    /** A client of an address. */
    static OpenAIClient connect(String url, String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(url)
                .apiKey(key)
                .responseValidation(true)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(60))
                .build();
    }

    /** A client of a server's OpenAI routes. */
    static OpenAIClient connect(DemoServer server) {
        return connect(server.url() + "/v1", "any-key");
    }

    /** A chat of one question, the same answer at each run. */
    static ChatCompletionCreateParams.Builder question(String text) {
        return ChatCompletionCreateParams.builder()
                .model(DemoServer.MODEL)
                .addUserMessage(text)
                .putAdditionalBodyProperty("seed", JsonValue.from(3))
                .maxCompletionTokens(40);
    }
}
