package dev.nightjar.server.route;

/**
 * A call of a route that can be copied: code snippets and the API description show it, and tests
 * send it.
 *
 * @param name of the call, such as {@code chat}; unique among all routes
 * @param body one JSON object; the text {@code {model}} in it stands for the id of a model
 */
public record CallExample(String name, String body) {

    private static final String MODEL = "{model}";

    /**
     * The body for a model.
     *
     * @param id as it stands inside a JSON string
     */
    public String bodyFor(String id) {
        return body.replace(MODEL, id);
    }
}
