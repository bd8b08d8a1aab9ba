package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.encoder.Classification;
import dev.nightjar.engine.encoder.EmbedOptions;
import dev.nightjar.engine.encoder.Embedding;
import dev.nightjar.engine.encoder.Overflow;
import dev.nightjar.engine.encoder.RankedText;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.HttpReply.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What encoders answer in each dialect: the engine's values, in order, counted and checked.
 *
 * <p>Long because all dialects are asked for the same texts, at one server with three encoders.
 */
final class EncoderRoutesTest {

    private static final String TEXT = "this model jumps over";
    private static final String OTHER = "quick brown";
    private static final String OICM = "/models/%s/proxy/v1/";

    private static Engine engine;
    private static TestServer server;

    @BeforeAll
    static void start() {
        TestModels.shared("golden/bert-classify/model.gguf");
        engine = TestModels.openWithEncoders(LoadOptions.defaults());
        server = new TestServer(engine, ServerOptions.defaults());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static HttpReply openAi(String members) {
        return server.post(
                "/v1/embeddings", "{\"model\":\"%s\",%s}".formatted(TestModels.EMBEDDER, members));
    }

    private static String oicm(String model, String call) {
        return OICM.formatted(model.replace("/", "%2F")) + call;
    }

    private static HttpReply embed(String body) {
        return server.post(oicm(TestModels.EMBEDDER, "embed"), body);
    }

    private static HttpReply rerank(String body) {
        return server.post(oicm(TestModels.RERANKER, "rerank"), body);
    }

    private static Json ok(HttpReply reply) {
        assertEquals(200, reply.status(), reply.body());
        return reply.json();
    }

    private static List<Embedding> expected(EmbedOptions options, String... texts)
            throws InterruptedException {
        return engine.requireEncoder(TestModels.EMBEDDER).embed(List.of(texts), options);
    }

    private static float[] vector(Json array) {
        float[] vector = new float[array.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) array.at(Integer.toString(i)).number();
        }
        return vector;
    }

    private static void assertVector(Embedding expected, Json array) {
        assertEquals(expected, new Embedding(vector(array), expected.numTokens()));
    }

    private static double norm(float[] vector) {
        return Math.sqrt(
                IntStream.range(0, vector.length).mapToDouble(i -> vector[i] * vector[i]).sum());
    }

    private static String words(int count) {
        return "\"" + "quick ".repeat(count) + "\"";
    }

    private static int most(String model) {
        return engine.requireEncoder(model).maxInputTokens();
    }

    private static void assertRefused(HttpReply reply, int status, String param, String code) {
        assertEquals(status, reply.status(), reply.body());
        Json error = reply.json().at("error");
        assertEquals(param, error.at("param").text(), reply.body());
        assertEquals(code, error.at("code").isNull() ? null : error.at("code").text());
    }

    private static void assertTei(HttpReply reply, int status, String type, String part) {
        assertEquals(status, reply.status(), reply.body());
        assertEquals(type, reply.json().at("error_type").text());
        assertTrue(reply.json().at("error").text().contains(part), reply.body());
    }

    @Test
    void openAiAnswersInTheOrderOfInputs() throws Exception {
        List<Embedding> expected = expected(EmbedOptions.defaults(), TEXT, OTHER, TEXT);
        Json answer = ok(openAi("\"input\":[\"%s\",\"%s\",\"%s\"]".formatted(TEXT, OTHER, TEXT)));
        assertEquals("list", answer.at("object").text());
        assertEquals(TestModels.EMBEDDER, answer.at("model").text());
        assertEquals(3, answer.at("data").size());
        int tokens = 0;
        for (int i = 0; i < 3; i++) {
            Json item = answer.at("data." + i);
            assertEquals(i, item.at("index").integer());
            assertEquals("embedding", item.at("object").text());
            assertVector(expected.get(i), item.at("embedding"));
            tokens += expected.get(i).numTokens();
        }
        assertEquals(tokens, answer.at("usage.prompt_tokens").integer());
        assertEquals(tokens, answer.at("usage.total_tokens").integer());
    }

    @Test
    void tokenIdsAreTakenAsTheyAre() throws Exception {
        float[] raw =
                engine.requireEncoder(TestModels.EMBEDDER)
                        .embedInputs(List.of(EncoderInput.of(2, 11, 3)), EmbedOptions.defaults())
                        .getFirst()
                        .vector();
        Json one = ok(openAi("\"input\":[2,11,3]"));
        assertEquals(3, one.at("usage.prompt_tokens").integer());
        assertVector(new Embedding(raw, 3), one.at("data.0.embedding"));
        Json two = ok(openAi("\"input\":[[2,11,3],[2,3]]"));
        assertEquals(2, two.at("data").size());
        assertEquals(5, two.at("usage.total_tokens").integer());
    }

    @Test
    void base64HoldsTheSameFloats() {
        String input = "\"input\":\"%s\",\"user\":\"007\"".formatted(TEXT);
        float[] numbers = vector(ok(openAi(input)).at("data.0.embedding"));
        String text =
                ok(openAi(input + ",\"encoding_format\":\"base64\"")).at("data.0.embedding").text();
        float[] decoded = new float[numbers.length];
        ByteBuffer.wrap(Base64.getDecoder().decode(text))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(decoded);
        assertEquals(new Embedding(numbers, 0), new Embedding(decoded, 0));
    }

    @Test
    void dimensionsAreCutAndThenScaled() throws Exception {
        HttpReply reply = openAi("\"input\":\"%s\",\"dimensions\":16".formatted(TEXT));
        float[] vector = vector(ok(reply).at("data.0.embedding"));
        assertEquals(16, vector.length);
        assertEquals(1, norm(vector), 1e-5);
        assertTrue(reply.header("X-Warning").orElse("").contains("16 of 128"), reply::toString);
        Json raw = ok(openAi("\"input\":\"%s\",\"normalize\":false".formatted(TEXT)));
        EmbedOptions asItIs = EmbedOptions.defaults().withScaling(EmbedOptions.Scaling.RAW);
        assertVector(expected(asItIs, TEXT).getFirst(), raw.at("data.0.embedding"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"user\":\"x\" | input |",
                "\"input\":\"\" | input | empty_input",
                "\"input\":[] | input | empty_input",
                "\"input\":[\"a\",\"\"] | input[1] | empty_input",
                "\"input\":[[2],[]] | input[1] | empty_input",
                "\"input\":3 | input |",
                "\"input\":[2,\"a\"] | input[1] |",
                "\"input\":[2,100000] | input[1] |",
                "\"input\":[2,-1] | input[1] |",
                "\"input\":\"a\",\"dimensions\":129 | dimensions |",
                "\"input\":\"a\",\"dimensions\":0 | dimensions |",
                "\"input\":\"a\",\"encoding_format\":\"hex\" | encoding_format |"
            })
    void openAiRefuses(String members, String param, String code) {
        assertRefused(openAi(members), 400, param, code);
    }

    @Test
    void tooManyInputs() {
        String texts =
                IntStream.range(0, 2049).mapToObj(i -> "\"a\"").collect(Collectors.joining(","));
        HttpReply reply = openAi("\"input\":[" + texts + "]");
        assertRefused(reply, 400, "input", "too_many_inputs");
        assertTrue(reply.body().contains("2048") && reply.body().contains("2049"), reply.body());
        assertTei(embed("{\"inputs\":[" + texts + "]}"), 413, "Validation", "2048");
        String most = texts.substring("\"a\",".length());
        assertEquals(2048, ok(openAi("\"input\":[" + most + "]")).at("data").size());
    }

    @Test
    void tooLongInputsNameBothLengths() {
        int most = most(TestModels.EMBEDDER);
        HttpReply reply = openAi("\"input\":[\"a\",%s]".formatted(words(most)));
        assertRefused(reply, 400, "input[1]", "context_length_exceeded");
        String message = reply.json().at("error.message").text();
        assertTrue(message.contains(" " + most) && message.contains((most + 2) + " "), message);
        String fits = words(most - 2);
        assertEquals(most, ok(openAi("\"input\":" + fits)).at("usage.prompt_tokens").integer());
    }

    @Test
    void theRootTakesLess() throws Exception {
        Json none = ok(server.post("/embeddings", "{}"));
        assertEquals(TestModels.EMBEDDER, none.at("model").text());
        assertVector(expected(EmbedOptions.defaults(), "").getFirst(), none.at("data.0.embedding"));
        HttpReply unknown =
                server.post("/embeddings", "{\"model\":\"mock-embed-model\",\"input\":\"a\"}");
        assertEquals(TestModels.EMBEDDER, ok(unknown).at("model").text());
        assertEquals("mock-embed-model", unknown.header("X-Model-Fallback").orElse(""));
        HttpReply wrong = server.post("/embeddings", "{\"input\":3}");
        assertRefused(wrong, 400, "input", null);
        assertTrue(wrong.json().at("detail").text().contains("input"));
        assertEquals(400, server.post("/v1/embeddings", "{\"input\":\"a\"}").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {TestModels.EMBEDDER, "bluefly-embedding-1"})
    void bluefly(String model) throws Exception {
        String path = "/api/v1/models/" + model + "/embeddings";
        List<Embedding> expected = expected(EmbedOptions.defaults(), TEXT, OTHER);
        Json answer = ok(server.post(path, "{\"input\":[\"%s\",\"%s\"]}".formatted(TEXT, OTHER)));
        assertTrue(answer.at("id").text().startsWith("emb_"));
        assertEquals(model, answer.at("model").text());
        assertEquals("embedding", answer.at("object").text());
        assertVector(expected.get(0), answer.at("embeddings.0"));
        assertVector(expected.get(1), answer.at("embeddings.1"));
        assertEquals(
                expected.stream().mapToInt(Embedding::numTokens).sum(),
                answer.at("usage.total_tokens").integer());
        Json base64 = ok(server.post(path, "{\"input\":\"a\",\"encoding_format\":\"base64\"}"));
        assertFalse(base64.at("embeddings.0").text().isEmpty());
        assertRefused(server.post(path, "{\"input\":\"\"}"), 400, "input", "empty_input");
        HttpReply ignored = server.post(path, "{\"input\":\"a\",\"pooling\":\"cls\"}");
        assertEquals("pooling", ignored.header("X-Ignored-Fields").orElse(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1"})
    void teiEmbed(String version) throws Exception {
        String path =
                "/models/%s/proxy%s/embed"
                        .formatted(TestModels.EMBEDDER.replace("/", "%2F"), version);
        List<Embedding> expected = expected(EmbedOptions.defaults(), TEXT, OTHER);
        Json one = ok(server.post(path, "{\"inputs\":\"%s\"}".formatted(TEXT)));
        assertEquals(1, one.size());
        assertVector(expected.get(0), one.at("0"));
        Json two =
                ok(
                        server.post(
                                path,
                                "{\"inputs\":[\"%s\",\"%s\"],\"model\":\"any\"}"
                                        .formatted(TEXT, OTHER)));
        assertVector(expected.get(1), two.at("1"));
        float[] cut =
                vector(ok(server.post(path, "{\"inputs\":[2,11,3],\"dimensions\":8}")).at("0"));
        assertEquals(8, cut.length);
        assertEquals(1, norm(cut), 1e-5);
    }

    @Test
    void teiCutsWhereItIsAsked() throws Exception {
        int most = most(TestModels.EMBEDDER);
        String start = "good " + "quick ".repeat(most);
        assertTei(
                embed("{\"inputs\":\"%s\"}".formatted(start)),
                422,
                "Validation",
                Integer.toString(most));
        Json end = ok(embed("{\"inputs\":\"%s\",\"truncate\":true}".formatted(start)));
        Embedding atEnd =
                expected(EmbedOptions.defaults().withOverflow(Overflow.CUT), start).getFirst();
        assertVector(atEnd, end.at("0"));
        Json beginning =
                ok(
                        embed(
                                "{\"inputs\":\"%s\",\"truncate\":true,\"truncation_direction\":\"Left\"}"
                                        .formatted(start)));
        String rest = "quick ".repeat(most - 2);
        assertVector(expected(EmbedOptions.defaults(), rest).getFirst(), beginning.at("0"));
    }

    @Test
    void teiSimilarity() throws Exception {
        String path = oicm(TestModels.EMBEDDER, "similarity");
        String inputs = "{\"inputs\":{\"source_sentence\":\"%s\",\"sentences\":[\"%s\",\"%s\"]}%s}";
        Json cosines = ok(server.post(path, inputs.formatted(TEXT, OTHER, TEXT, "")));
        List<Embedding> expected = expected(EmbedOptions.defaults(), TEXT, OTHER);
        float[] a = expected.get(0).vector();
        float[] b = expected.get(1).vector();
        double dot = IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
        assertEquals(2, cosines.size());
        assertEquals(dot, cosines.at("0").number(), 1e-5);
        assertEquals(1, cosines.at("1").number(), 1e-5);
        String tooLong = "quick ".repeat(most(TestModels.EMBEDDER));
        HttpReply refused = server.post(path, inputs.formatted(TEXT, OTHER, tooLong, ""));
        assertTei(refused, 422, "Validation", "inputs.sentences[1]");
        String cut = ",\"parameters\":{\"truncate\":true,\"top\":1}";
        HttpReply truncated = server.post(path, inputs.formatted(TEXT, OTHER, tooLong, cut));
        assertEquals(2, ok(truncated).size());
        assertEquals("parameters.top", truncated.header("X-Ignored-Fields").orElse(""));
        assertTei(server.post(path, "{\"inputs\":\"a\"}"), 422, "Validation", "object");
    }

    /** A full queue is told in Text Embeddings Inference's words. */
    @Test
    void overload() {
        Engine narrow =
                Engine.builder()
                        .options(LoadOptions.defaults().withMaxQueued(1))
                        .model("cls", TestModels.shared("golden/bert-cls/model.gguf"))
                        .open();
        try (TestServer one = new TestServer(narrow, ServerOptions.defaults())) {
            String many =
                    IntStream.range(0, 2048)
                            .mapToObj(i -> words(30))
                            .collect(Collectors.joining(","));
            try (RawClient client = one.connect()) {
                client.post("/embeddings", "{\"input\":[" + many + "]}");
                TestServer.await(
                        "it is being computed",
                        () -> narrow.requireEncoder("cls").stats().waiting() == 1);
                String body = "{\"inputs\":\"a\"}";
                assertTei(one.post("/models/cls/proxy/embed", body), 429, "Overloaded", "later");
            }
            TestServer.await(
                    "the client that left is given up",
                    () -> narrow.requireEncoder("cls").stats().waiting() == 0);
        }
    }

    @Test
    void teiErrors() {
        assertTei(embed("{}"), 422, "Validation", "inputs");
        assertTei(embed("[1]"), 422, "Validation", "object");
        assertTei(embed("{\"inputs\":\"\"}"), 400, "Empty", "inputs");
        assertTei(
                embed("{\"inputs\":\"a\",\"prompt_name\":\"query\"}"), 422, "Validation", "query");
        assertTei(embed("{\"inputs\":\"a\",\"dimensions\":999}"), 422, "Validation", "128");
        assertTei(rerank("{\"query\":\"a\",\"texts\":[]}"), 400, "Empty", "texts");
        assertTei(rerank("{\"query\":\"a\"}"), 422, "Validation", "texts");
        HttpReply unknown = server.post("/models/nope/proxy/embed", "{\"inputs\":\"a\"}");
        assertRefused(unknown, 404, "model_version_id", "model_not_found");
        HttpReply late =
                server.post(
                        oicm(TestModels.EMBEDDER, "embed"),
                        "{\"inputs\":\"what no cache knows\"}",
                        "OICM-Request-Timeout",
                        "0.000001");
        assertEquals("request_timeout", late.json().at("error.code").text());
    }

    @Test
    void teiRerank() throws Exception {
        List<RankedText> expected =
                engine.requireEncoder(TestModels.RERANKER)
                        .rerank(TEXT, List.of(OTHER, "deep learning", "lazy"));
        String body =
                "{\"query\":\"%s\",\"texts\":[\"%s\",\"deep learning\",\"lazy\"],\"%s\":true}";
        Json scored = ok(rerank(body.formatted(TEXT, OTHER, "return_text")));
        Json raw = ok(rerank(body.formatted(TEXT, OTHER, "raw_scores")));
        for (int i = 0; i < 3; i++) {
            RankedText text = expected.get(i);
            Json item = scored.at(Integer.toString(i));
            assertEquals(text.index(), item.at("index").integer());
            assertEquals(text.score(), (float) item.at("score").number());
            assertEquals(
                    List.of(OTHER, "deep learning", "lazy").get(text.index()),
                    item.at("text").text());
            assertEquals(text.rawScore(), (float) raw.at(i + ".score").number());
            assertFalse(raw.at(Integer.toString(i)).has("text"));
        }
    }

    @Test
    void documentsAreRankedAlikeAtAllPaths() throws Exception {
        List<RankedText> expected =
                engine.requireEncoder(TestModels.RERANKER).rerank(TEXT, List.of(OTHER, "lazy"));
        String body =
                """
                {"model":"%s","query":"%s","documents":["%s",{"text":"lazy"}],"top_n":1,\
                "return_documents":true}"""
                        .formatted(TestModels.RERANKER, TEXT, OTHER);
        for (String path :
                List.of("/v1/rerank", "/v2/rerank", oicm(TestModels.RERANKER, "rerank"))) {
            Json answer = ok(server.post(path, body));
            assertEquals(TestModels.RERANKER, answer.at("model").text());
            assertEquals(1, answer.at("results").size());
            Json best = answer.at("results.0");
            assertEquals(expected.getFirst().index(), best.at("index").integer());
            assertEquals(expected.getFirst().score(), (float) best.at("relevance_score").number());
            assertEquals(
                    List.of(OTHER, "lazy").get(expected.getFirst().index()),
                    best.at("document.text").text());
            assertEquals(
                    expected.stream().mapToInt(RankedText::numTokens).sum(),
                    answer.at("usage.total_tokens").integer());
        }
        assertTei(
                rerank("{\"query\":\"a\",\"texts\":[\"a\"],\"documents\":[\"a\"]}"),
                422,
                "Validation",
                "one of them");
    }

    @Test
    void documentsThatAreTooLong() {
        int most = most(TestModels.RERANKER);
        String body =
                "{\"model\":\"%s\",\"query\":\"a\",\"documents\":[%s]%s}"
                        .formatted(TestModels.RERANKER, words(most), "%s");
        HttpReply refused = server.post("/v1/rerank", body.formatted(""));
        assertEquals(400, refused.status());
        assertEquals("context_length_exceeded", refused.json().at("error.code").text());
        assertTrue(refused.body().contains(Integer.toString(most)), refused.body());
        ok(server.post("/v1/rerank", body.formatted(",\"truncation\":true")));
        assertRefused(
                server.post("/v1/rerank", body.formatted(",\"max_tokens_per_doc\":10")),
                400,
                "max_tokens_per_doc",
                null);
    }

    @Test
    void labels() throws Exception {
        Classification expected = engine.requireEncoder(TestModels.CLASSIFIER).classify(TEXT);
        String one = "{\"inputs\":\"%s\"}".formatted(TEXT);
        String two = "{\"inputs\":[\"%s\",\"%s\"]}".formatted(OTHER, TEXT);
        String classify = oicm(TestModels.CLASSIFIER, "classify");
        String predict = oicm(TestModels.CLASSIFIER, "predict");
        for (Json labels :
                List.of(
                        ok(server.post(classify, one)).at("classification"),
                        ok(server.post(classify, two)).at("classification.1"),
                        ok(server.post(predict, one)),
                        ok(server.post(predict, two)).at("1"))) {
            assertEquals(5, labels.size());
            double sum = 0;
            for (int i = 0; i < 5; i++) {
                Json label = labels.at(Integer.toString(i));
                assertEquals(expected.labels().get(i).label(), label.at("label").text());
                assertEquals(expected.labels().get(i).score(), (float) label.at("score").number());
                sum += label.at("score").number();
            }
            assertEquals(1, sum, 1e-5);
        }
        assertEquals(1, ok(server.post(predict, "{\"inputs\":[\"a\"]}")).size());
        assertRefused(server.post(classify, "{}"), 400, "inputs", null);
        assertTei(server.post(predict, "{}"), 422, "Validation", "inputs");
        assertTei(server.post(predict, "{\"inputs\":\"\"}"), 400, "Empty", "inputs");
    }

    /** A model is for one task, whoever asks it for another. */
    @Test
    void mismatches() {
        String text = TestModels.NAME;
        String embedder = TestModels.EMBEDDER;
        String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]";
        String[][] calls = {
            {"/v1/chat/completions", "{\"model\":\"%s\",%s}".formatted(embedder, messages)},
            {"/v1/completions", "{\"model\":\"%s\",\"prompt\":\"a\"}".formatted(embedder)},
            {"/chat/completions", "{\"model\":\"%s\",%s}".formatted(embedder, messages)},
            {"/api/v1/models/" + embedder + "/generate", "{\"prompt\":\"a\"}"},
            {"/api/v1/models/bluefly-embedding-1/generate", "{\"prompt\":\"a\"}"},
            {"/generate", "{\"model\":\"%s\",\"text\":\"a\",\"max_tokens\":1}".formatted(embedder)},
            {oicm(embedder, "chat/completions"), "{\"inputs\":\"a\"}"},
            {oicm(embedder, "classify"), "{\"inputs\":\"a\"}"},
            {oicm(embedder, "rerank"), "{\"query\":\"a\",\"texts\":[\"a\"]}"},
            {oicm(TestModels.RERANKER, "embed"), "{\"inputs\":\"a\"}"},
            {oicm(text, "embed"), "{\"inputs\":\"a\"}"},
            {oicm(text, "predict"), "[1,2,3]"},
            {"/v1/embeddings", "{\"model\":\"%s\",\"input\":\"a\"}".formatted(text)},
            {"/embeddings", "{\"model\":\"%s\",\"input\":\"a\"}".formatted(text)},
            {"/api/v1/models/" + text + "/embeddings", "{\"input\":\"a\"}"},
            {"/api/v1/models/bluefly-text-1/embeddings", "{\"input\":\"a\"}"},
            {
                "/v1/rerank",
                "{\"model\":\"%s\",\"query\":\"a\",\"documents\":[\"a\"]}".formatted(text)
            },
            {
                "/v1/embeddings",
                "{\"model\":\"%s\",\"input\":\"a\"}".formatted(TestModels.CLASSIFIER)
            }
        };
        for (String[] call : calls) {
            HttpReply reply = server.post(call[0], call[1]);
            assertEquals(400, reply.status(), () -> call[0] + ": " + reply.body());
            assertEquals("model_task_mismatch", reply.json().at("error.code").text(), call[0]);
        }
    }

    @Test
    void listedLikeAllModels() {
        for (String path : List.of("/v1/models", "/models")) {
            String list = server.get(path).body();
            for (String name :
                    List.of(TestModels.EMBEDDER, TestModels.RERANKER, "bluefly-embedding-1")) {
                assertTrue(list.contains("\"" + name + "\""), list);
            }
        }
        Json model = server.get("/api/v1/models/" + TestModels.EMBEDDER).json();
        assertEquals("embedding", model.at("task").text());
        assertEquals("ready", model.at("status").text());
        assertEquals(most(TestModels.EMBEDDER), model.at("max_input_tokens").integer());
        assertTrue(model.at("max_output_tokens").isNull());
        Json documented = server.get("/api/v1/models/bluefly-embedding-1").json();
        assertEquals("ready", documented.at("status").text());
        assertEquals(200, server.get("/v1/models/" + TestModels.CLASSIFIER).status());
        String snippet = server.get("/models/" + TestModels.EMBEDDER + "/snippet").body();
        assertTrue(snippet.contains("/v1/embeddings"), snippet);
    }

    /** A server of encoders alone. */
    @Test
    void withoutAModelOfText() {
        Engine alone =
                Engine.builder()
                        .model("cls", TestModels.shared("golden/bert-cls/model.gguf"))
                        .open();
        try (TestServer encoders = new TestServer(alone, ServerOptions.defaults())) {
            for (String path : List.of("/health", "/health/ready", "/v1/models", "/openapi.json")) {
                assertEquals(200, encoders.get(path).status(), path);
            }
            ok(encoders.post("/embeddings", "{\"input\":\"a\"}"));
            Json stats = ok(encoders.get("/stats"));
            assertEquals("cls", stats.at("models.0.id").text());
            assertEquals(1, stats.at("models.0.sequences_finished").integer());
            String metrics = encoders.get("/metrics").body();
            assertTrue(
                    metrics.contains("nightjar_encoder_sequences_total{model=\"cls\"} 1\n"),
                    metrics);
            assertEquals("running", ok(encoders.get("/chat")).at("status").text());
            assertEquals("ready", ok(encoders.get("/health")).at("status").text());
            String chat = "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
            HttpReply none = encoders.post("/chat/completions", chat);
            assertEquals(404, none.status(), none.body());
            assertTrue(none.body().contains("text-generation"), none.body());
        }
    }
}
