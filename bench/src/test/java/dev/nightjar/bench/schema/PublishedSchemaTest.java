package dev.nightjar.bench.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.nightjar.bench.DemoServer;
import dev.nightjar.bench.ResultTable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every recorded answer and chunk validates against OpenAI's published description. */
@Tag("full")
class PublishedSchemaTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String COMPLETIONS = "/v1/completions";
    private static final String TOOLS =
            """
            "tools": [{"type": "function", "function": {"name": "get_weather", "parameters":
              {"type": "object", "properties": {"city": {"enum": ["Paris", "London"]}},
               "required": ["city"], "additionalProperties": false}}}]""";
    private static final String SCHEMA =
            """
            "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema":
              {"type": "object", "properties": {"tame": {"type": "boolean"}},
               "required": ["tame"], "additionalProperties": false}}}""";

    /** What is asked: fields added to a plain request. */
    private record Case(String name, String path, int status, String fields) {}

    static final List<Case> CASES =
            List.of(
                    chat("plain", ""),
                    chat("n = 2", "\"n\": 2"),
                    chat("stop", "\"stop\": [\"a\", \"e\"]"),
                    chat("logprobs", "\"logprobs\": true"),
                    chat("top_logprobs", "\"logprobs\": true, \"top_logprobs\": 5"),
                    chat("logprobs, n = 2", "\"n\": 2, \"logprobs\": true, \"top_logprobs\": 1"),
                    chat("tools, auto", TOOLS),
                    chat("tools, none", TOOLS + ", \"tool_choice\": \"none\""),
                    chat("tools, required", TOOLS + ", \"tool_choice\": \"required\""),
                    chat(
                            "tools, named",
                            TOOLS
                                    + ", \"tool_choice\": {\"type\": \"function\","
                                    + " \"function\": {\"name\": \"get_weather\"}}"),
                    chat(
                            "tools, required, logprobs",
                            TOOLS + ", \"tool_choice\": \"required\", \"logprobs\": true"),
                    chat("json_schema", SCHEMA),
                    chat("json_object", "\"response_format\": {\"type\": \"json_object\"}"),
                    completion("plain", ""),
                    completion("n = 2", "\"n\": 2"),
                    completion("echo", "\"echo\": true"),
                    completion("logprobs", "\"logprobs\": 3"),
                    completion("echo and logprobs", "\"echo\": true, \"logprobs\": 1"),
                    completion("stop", "\"stop\": \"a\""));

    static final List<Case> REFUSALS =
            List.of(
                    new Case("unknown model", CHAT, 404, "\"model\": \"nope\""),
                    new Case("temperature", CHAT, 400, "\"temperature\": 9"),
                    new Case("n", COMPLETIONS, 400, "\"n\": 0"),
                    new Case("unknown model", COMPLETIONS, 404, "\"model\": \"nope\""),
                    new Case("route", "/v1/no-such-route", 404, ""));

    private static final ResultTable TABLE = new ResultTable("OpenAI's published description");
    private static PublishedSchema schema;
    private static DemoServer server;
    private static Recorder recorder;

    @BeforeAll
    static void start() {
        schema = PublishedSchema.read();
        server = DemoServer.start();
        recorder = new Recorder(server.url());
    }

    @AfterAll
    static void stop() {
        Deviations.known()
                .forEach(
                        known ->
                                TABLE.add(
                                        "known deviation: " + known.component(),
                                        known.place() + ": " + known.why()));
        TABLE.close();
        if (server != null) {
            recorder.close();
            server.close();
        }
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void whole(Case asked) throws Throwable {
        boolean isChat = asked.path.equals(CHAT);
        String component = isChat ? "CreateChatCompletionResponse" : "CreateCompletionResponse";
        TABLE.run(
                asked.path + ", " + asked.name,
                () -> {
                    String answer = recorder.whole(200, asked.path, body(asked, ""));
                    requireValid(component, List.of(answer));
                });
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void streamed(Case asked) throws Throwable {
        boolean isChat = asked.path.equals(CHAT);
        String component =
                isChat ? "CreateChatCompletionStreamResponse" : "CreateCompletionResponse";
        for (String usage : List.of("", ", \"stream_options\": {\"include_usage\": true}")) {
            String name = asked.path + ", " + asked.name + ", streamed";
            TABLE.run(
                    usage.isEmpty() ? name : name + " with usage",
                    () -> {
                        String body = body(asked, ", \"stream\": true" + usage);
                        requireValid(component, recorder.events(asked.path, body));
                    });
        }
    }

    @ParameterizedTest
    @FieldSource("REFUSALS")
    void refusals(Case asked) throws Throwable {
        TABLE.run(
                asked.path + ", error " + asked.status + ", " + asked.name,
                () -> {
                    String answer = recorder.whole(asked.status, asked.path, body(asked, ""));
                    requireValid("ErrorResponse", List.of(answer));
                });
    }

    @Test
    void models() throws Throwable {
        TABLE.run(
                "/v1/models",
                () ->
                        requireValid(
                                "ListModelsResponse",
                                List.of(recorder.whole(200, "/v1/models", ""))));
        for (String id : List.of(DemoServer.MODEL, DemoServer.SLASHED.replace("/", "%2F"))) {
            TABLE.run(
                    "/v1/models/" + id,
                    () ->
                            requireValid(
                                    "Model", List.of(recorder.whole(200, "/v1/models/" + id, ""))));
        }
    }

    /** A validator that accepts anything would prove nothing. */
    @Test
    void wrongAnswersAreSeen() {
        for (String wrong :
                List.of(
                        "{}",
                        "{\"object\": \"list\", \"data\": [{\"id\": 1}]}",
                        "{\"object\": \"lists\", \"data\": []}")) {
            assertFalse(schema.validate("ListModelsResponse", wrong).isEmpty(), wrong);
        }
        String chunk =
                "{\"id\": \"a\", \"object\": \"chat.completion.chunk\", \"created\": 1, \"model\":"
                        + " \"m\", \"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": %s}]}";
        String component = "CreateChatCompletionStreamResponse";
        assertEquals(List.of(), schema.validate(component, chunk.formatted("null")));
        assertFalse(schema.validate(component, chunk.formatted("\"eos\"")).isEmpty());
    }

    private static void requireValid(String component, List<String> answers) {
        for (String answer : answers) {
            List<String> errors =
                    schema.validate(component, answer).stream()
                            .filter(error -> !Deviations.isKnown(component, error))
                            .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                            .toList();
            assertEquals(List.of(), errors, () -> component + " in " + answer);
        }
    }

    /** Later fields of the same name would be refused, so the plain ones give way. */
    private static String body(Case asked, String more) {
        String plain =
                asked.path.equals(CHAT)
                        ? "\"messages\": [{\"role\": \"user\", \"content\": \"Tell me a story.\"}]"
                        : "\"prompt\": \"Once upon a time\"";
        String model = asked.fields.contains("\"model\"") ? "" : "\"model\": \"nightjar-demo\"";
        String fields =
                String.join(
                        ", ",
                        Stream.of(plain, model, asked.fields, "\"max_tokens\": 60, \"seed\": 5")
                                .filter(part -> !part.isEmpty())
                                .toList());
        return "{" + fields + more + "}";
    }

    private static Case chat(String name, String fields) {
        return new Case(name, CHAT, 200, fields);
    }

    private static Case completion(String name, String fields) {
        return new Case(name, COMPLETIONS, 200, fields);
    }
}
