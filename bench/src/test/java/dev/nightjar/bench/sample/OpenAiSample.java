package dev.nightjar.bench.sample;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the README's program for OpenAI's Python client says, for the clients of other languages: it
 * streams one chat and reads {@code choices[0].delta.content} of every chunk.
 *
 * @param path of the address it calls
 * @param key of the client
 * @param model it asks for
 * @param content of its only message
 */
public record OpenAiSample(String path, String key, String model, String content) {

    /** Reads the program. */
    public static OpenAiSample of(SourceDocument readme) {
        String code = readme.from("import os").until("Functions Overview").text();
        find(code, "(stream=True)");
        find(code, "(chunk\\.choices\\[0\\]\\.delta\\.content is not None)");
        find(code, "(\"role\": \"user\")");
        return new OpenAiSample(
                find(code, "base_url = \"http://localhost:8001([^\"]*)\""),
                find(code, "api_key=\"([^\"]*)\""),
                find(code, "model=\"([^\"]*)\""),
                find(code, "\"content\": \"([^\"]*)\""));
    }

    /** The address on another host. */
    public String urlAt(String host) {
        return host + path;
    }

    private static String find(String code, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(code);
        if (!matcher.find()) {
            throw new AssertionError("the sample has no " + regex + ":\n" + code);
        }
        return matcher.group(1);
    }
}
