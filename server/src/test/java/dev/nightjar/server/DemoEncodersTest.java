package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.server.HttpReply.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calls of encoders on a server as it is without any model of the operator's. */
final class DemoEncodersTest {

    private static final String EMBED = "nightjar-demo-embed";
    private static final String RERANK = "nightjar-demo-rerank";
    private static final String CLASSIFY = "nightjar-demo-classify";
    private static final String OICM = "/models/%s/proxy/%s";

    private static TestServer server;

    @BeforeAll
    static void start() {
        Engine engine = Engine.builder().demoModel().demoEncoders().open();
        server = new TestServer(engine, ServerOptions.defaults());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Json ok(HttpReply reply) {
        assertEquals(200, reply.status(), reply.body());
        return reply.json();
    }

    private static HttpReply oicm(String model, String call, String body) {
        return server.post(OICM.formatted(model, call), body);
    }

    /** Names that the documents use and requests without one come to the demo encoder, too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/embeddings | {'model':'nightjar-demo-embed','input':'A fox.'}",
                "/v1/embeddings | {'model':'bluefly-embedding-1','input':'A fox.'}",
                "/embeddings    | {'input':'A fox.'}"
            })
    void vectors(String path, String body) {
        Json reply = ok(server.post(path, body.replace('\'', '"')));
        assertTrue(reply.at("data.0.embedding").size() > 8, reply.toString());
        assertTrue(reply.at("usage.prompt_tokens").integer() > 2);
    }

    @Test
    void blueflysVectors() {
        String path = "/api/v1/models/bluefly-embedding-1/embeddings";
        assertEquals(200, server.post(path, "{\"input\":[\"A fox.\"]}").status());
    }

    @Test
    void rerank() {
        String body =
                """
                {"model":"%s","query":"What does a fox eat?",\
                "documents":["Bread is made of flour.","A fox eats mice and berries."]}"""
                        .formatted(RERANK);
        for (String path : new String[] {"/v1/rerank", "/v2/rerank"}) {
            assertEquals(1, ok(server.post(path, body)).at("results.0.index").integer());
        }
    }

    @Test
    void labels() {
        Json reply =
                ok(
                        oicm(
                                CLASSIFY,
                                "classify",
                                "{\"inputs\":\"It snows in the mountains tonight.\"}"));
        assertEquals("weather", reply.at("classification.0.label").text());
    }

    @Test
    void modelsAreListedWithTheirTasks() {
        String list = server.get("/v1/models").body();
        for (String name : new String[] {EMBED, RERANK, CLASSIFY}) {
            assertTrue(list.contains("\"" + name + "\""), list);
        }
        assertEquals("embedding", ok(server.get("/models/" + EMBED + "/proxy")).at("task").text());
    }

    @Test
    void infoOfEachKind() {
        Json embed = ok(server.get(OICM.formatted(EMBED, "info")));
        assertEquals(EMBED, embed.at("model_id").text());
        assertEquals("mean", embed.at("model_type.embedding.pooling").text());
        assertEquals(128, embed.at("max_input_length").integer());
        Json rerank = ok(server.get(OICM.formatted(RERANK, "info")));
        assertEquals(0, rerank.at("model_type.reranker.label2id.relevant").integer());
        Json classify = ok(server.get(OICM.formatted(CLASSIFY, "v1/info")));
        assertEquals("animal", classify.at("model_type.classifier.id2label.0").text());
        HttpReply text = server.get(OICM.formatted("nightjar-demo", "info"));
        assertEquals(400, text.status(), text.body());
        assertEquals("model_task_mismatch", text.json().at("error.code").text());
    }

    /** Places are those of UTF-8: the accent takes two bytes, and the token has none. */
    @Test
    void tokensAndBack() {
        String body = "{\"inputs\":[\"A café.\",\"cat\"]}";
        Json reply = ok(oicm(EMBED, "tokenize", body));
        assertEquals("[CLS]", reply.at("0.0.text").text());
        assertTrue(reply.at("0.0.special").bool());
        assertTrue(reply.at("0.0.start").isNull());
        assertEquals("A", reply.at("0.1.text").text());
        int last = reply.at("0").size() - 2;
        assertEquals(".", reply.at("0." + last + ".text").text());
        assertEquals(7, reply.at("0." + last + ".start").integer());
        assertEquals(8, reply.at("0." + last + ".stop").integer());
        long cat = reply.at("1.1.id").integer();
        String ids = "{\"ids\":[[%d,%d],[2,%d,3]]}".formatted(cat, cat, cat);
        assertEquals("[\"cat cat\",\"cat\"]", oicm(EMBED, "decode", ids).body());
        String one = "{\"ids\":[2,%d],\"skip_special_tokens\":false}".formatted(cat);
        assertEquals("[\"[CLS] cat\"]", oicm(EMBED, "decode", one).body());
        String bare = "{\"inputs\":\"cat\",\"add_special_tokens\":false}";
        assertEquals(1, ok(oicm(EMBED, "tokenize", bare)).at("0").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tokenize | {}            | 422 | inputs",
                "tokenize | {'inputs':1}  | 422 | inputs",
                "decode   | {'ids':[]}    | 400 | ids",
                "decode   | {'ids':[[1],2]} | 422 | ids[1]",
                "decode   | {'ids':[1000000]} | 422 | ids[0]"
            })
    void refusals(String call, String body, int status, String part) {
        HttpReply reply = oicm(EMBED, call, body.replace('\'', '"'));
        assertEquals(status, reply.status(), reply.body());
        assertTrue(reply.json().at("error").text().contains(part), reply.body());
    }
}
