package dev.nightjar.server.describe.snippet;

import dev.nightjar.server.json.JsonValue.JsonObject;

/**
 * One call, to be written in a language.
 *
 * @param url where it goes
 * @param body what it posts
 */
public record Snippet(String url, JsonObject body) {

    /** The environment variable that the key is taken from. */
    static final String KEY = "API_KEY";

    /** The call as a program that prints the answer. */
    public String in(Language language) {
        return switch (language) {
            case CURL -> curl();
            case PYTHON -> python();
            case JAVASCRIPT -> javaScript();
            case JAVA -> java();
        };
    }

    private String curl() {
        String quoted = Literals.JSON.text(body, 0).replace("'", "'\\''");
        return """
        curl -sS '%s' \\
          -H "Authorization: Bearer $%s" \\
          -H 'Content-Type: application/json' \\
          -d '%s'
        """
                .formatted(url, KEY, quoted);
    }

    private String python() {
        return """
        import os

        import requests

        response = requests.post(
            "%s",
            headers={"Authorization": f"Bearer {os.environ.get('%s', '')}"},
            json=%s,
        )
        response.raise_for_status()
        print(response.text)
        """
                .formatted(url, KEY, Literals.PYTHON.text(body, 1));
    }

    private String javaScript() {
        return """
        async function main() {
          const response = await fetch("%s", {
            method: "POST",
            headers: {
              "Authorization": `Bearer ${process.env.%s ?? ""}`,
              "Content-Type": "application/json",
            },
            body: JSON.stringify(%s),
          });
          if (!response.ok) {
            throw new Error(`${response.status}: ${await response.text()}`);
          }
          console.log(await response.text());
        }

        main();
        """
                .formatted(url, KEY, Literals.JSON.text(body, 2));
    }

    private String java() {
        String json = Literals.JSON.text(body, 4).replace("\\", "\\\\");
        return """
        import java.net.URI;
        import java.net.http.HttpClient;
        import java.net.http.HttpRequest;
        import java.net.http.HttpResponse;

        public class Call {
            public static void main(String[] args) throws Exception {
                String body = \"""
                %s
                \""";
                HttpRequest request =
                        HttpRequest.newBuilder(URI.create("%s"))
                                .header(
                                        "Authorization",
                                        "Bearer " + System.getenv().getOrDefault("%s", ""))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build();
                HttpResponse<String> response =
                        HttpClient.newHttpClient()
                                .send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() != 200) {
                    throw new IllegalStateException(response.statusCode() + ": " + response.body());
                }
                System.out.println(response.body());
            }
        }
        """
                .formatted(json.replace("\"\"\"", "\\\"\"\""), url, KEY);
    }
}
