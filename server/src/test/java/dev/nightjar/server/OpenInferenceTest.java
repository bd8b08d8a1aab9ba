package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.DemoModels;
import dev.nightjar.engine.Engine;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.catalog.CatalogEntry;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.Versions;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Open Inference Protocol, as clients of KServe and Triton speak it. */
final class OpenInferenceTest {

    private static final String DEMO = DemoModels.ROWS;
    private static final String MODEL = "/v2/models/" + DEMO;
    private static final double[] ROW = {0, 15, -12, 30, 0.1, 0.5};
    private static final float PREDICTED = 0.099612646f;
    private static final String JSON_LENGTH = "Inference-Header-Content-Length";

    private static TestServer server;

    @BeforeAll
    static void start() {
        Engine engine = Engine.builder().demoModel().demoRows().open();
        ServerOptions options =
                ServerOptions.defaults()
                        .withCatalog(
                                known ->
                                        List.of(
                                                CatalogEntry.of(known.getFirst()),
                                                CatalogEntry.of(known.getLast()),
                                                CatalogEntry.of(
                                                        "foxes",
                                                        ModelTask.PREDICT,
                                                        Versions.numbered(
                                                                new TreeMap<>(
                                                                        Map.of(3, DEMO, 5, DEMO)),
                                                                Map.of()),
                                                        "",
                                                        List.of())));
        server = new TestServer(engine, options);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Json ok(HttpReply reply) {
        assertEquals(200, reply.status(), reply.body());
        return reply.json();
    }

    private static String tensor(String name, String shape, String type, String data) {
        return "{\"name\":\"%s\",\"shape\":%s,\"datatype\":\"%s\",\"data\":%s}"
                .formatted(name, shape, type, data);
    }

    private static HttpReply infer(String inputs, String more) {
        return server.post(MODEL + "/infer", "{\"inputs\":[%s]%s}".formatted(inputs, more));
    }

    @Test
    void healthAndMetadata() {
        assertTrue(ok(server.get("/v2/health/live")).at("live").bool());
        assertTrue(ok(server.get("/v2/health/ready")).at("ready").bool());
        assertEquals("nightjar", ok(server.get("/v2")).at("name").text());
        assertTrue(ok(server.get(MODEL + "/ready")).at("ready").bool());
        Json model = ok(server.get(MODEL));
        assertEquals(DEMO, model.at("name").text());
        assertEquals("1", model.at("versions.0").text());
        assertEquals("FP64", model.at("inputs.0.datatype").text());
        assertEquals(6, model.at("inputs.0.shape.1").integer());
        assertEquals("season", model.at("inputs.0.parameters.feature_names.0").text());
        assertEquals("predict", model.at("outputs.0.name").text());
        assertEquals("FP32", model.at("outputs.0.datatype").text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,6] | FP64 | [0,15,-12,30,0.1,0.5]",
                "[6]   | FP64 | [0,15,-12,30,0.1,0.5]",
                "[1,6] | FP64 | [[0,15,-12,30,0.1,0.5]]",
                "[1,6] | FP32 | [0,15,-12,30,0.1,0.5]"
            })
    void oneTensor(String shape, String type, String data) {
        Json reply = ok(infer(tensor("any", shape, type, data), ",\"id\":\"a1\""));
        assertEquals(DEMO, reply.at("model_name").text());
        assertEquals("1", reply.at("model_version").text());
        assertEquals("a1", reply.at("id").text());
        assertEquals("predict", reply.at("outputs.0.name").text());
        assertEquals("FP32", reply.at("outputs.0.datatype").text());
        assertEquals(1, reply.at("outputs.0.shape.0").integer());
        assertEquals(PREDICTED, (float) reply.at("outputs.0.data.0").number());
    }

    /** As pandas' codec of MLServer sends a data frame. */
    @Test
    void oneTensorForEachColumn() {
        String columns =
                String.join(
                        ",",
                        tensor("hours_of_dark", "[2,1]", "FP64", "[15,12]"),
                        tensor("season", "[2,1]", "INT64", "[0,3]"),
                        tensor("temperature", "[2]", "INT32", "[-12,9]"),
                        tensor("snow_cm", "[2,1]", "FP64", "[30,null]"),
                        tensor("moonlight", "[2,1]", "FP64", "[0.1,0.5]"),
                        tensor("age_years", "[2,1]", "FP64", "[0.5,4]"));
        Json reply = ok(infer(columns, ""));
        assertEquals(2, reply.at("outputs.0.shape.0").integer());
        assertEquals(PREDICTED, (float) reply.at("outputs.0.data.0").number());
        assertEquals(0.8370251f, (float) reply.at("outputs.0.data.1").number());
    }

    @Test
    void severalOutputs() {
        Json reply =
                ok(
                        infer(
                                tensor("x", "[1,6]", "FP64", "[0,15,-12,30,0.1,0.5]"),
                                ",\"outputs\":[{\"name\":\"predict_proba\"},{\"name\":\"predict\"},"
                                        + "{\"name\":\"leaves\"}]"));
        assertEquals(2, reply.at("outputs.0.shape.1").integer());
        assertEquals(PREDICTED, (float) reply.at("outputs.0.data.1").number());
        assertEquals(PREDICTED, (float) reply.at("outputs.1.data.0").number());
        assertEquals("INT32", reply.at("outputs.2.datatype").text());
        assertEquals(48, reply.at("outputs.2.data").size());
    }

    @Test
    void versionsAreThoseOfTheCatalogue() {
        Json model = ok(server.get("/v2/models/foxes"));
        assertEquals(
                "[3, 5]",
                List.of(model.at("versions.0").text(), model.at("versions.1").text()) + "");
        String body = "{\"inputs\":[%s]}".formatted(tensor("x", "[6]", "FP64", "[0,0,0,0,0,0]"));
        Json stable = ok(server.post("/v2/models/foxes/infer", body));
        assertEquals("5", stable.at("model_version").text());
        Json old = ok(server.post("/v2/models/foxes/versions/3/infer", body));
        assertEquals("3", old.at("model_version").text());
        assertTrue(ok(server.get("/v2/models/foxes/versions/5/ready")).at("ready").bool());
        assertEquals(200, server.get("/v2/models/foxes/versions/3").status());
        HttpReply none = server.get("/v2/models/foxes/versions/4");
        assertEquals(404, none.status());
        assertTrue(none.json().at("error").text().contains("[3, 5]"), none.body());
        assertEquals(404, server.get(MODEL + "/versions/2").status());
        assertEquals(404, server.get("/v2/models/nope/ready").status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,5] | FP64  | [0,15,-12,30,0.1]       | inputs[0].shape must be [-1, 6]",
                "[2,6] | FP64  | [0,15,-12,30,0.1,0.5]   | means 12 elements, found 6",
                "[1,6] | BOOL  | [true,true,true,true,true,true] | datatype must be FP64",
                "[1,6] | INT64 | [0,15,-12,30,0.1,0.5]   | element 4 must be a value of INT64",
                "[1,6] | INT8  | [0,150,-12,30,1,5]      | element 1 must be a value of INT8",
                "[1,6] | FP64  | [0,'x',-12,30,1,5]      | element 1 must be a value of FP64",
                "[1,6] | BF16  | [0,15,-12,30,0.1,0.5]   | datatype must be one of",
                "[0,6] | FP64  | []                      | 1 to 100000 rows, found 0",
                "[99999999,99999999,99999999] | FP64 | [] | elements, found 0"
            })
    void refusals(String shape, String type, String data, String part) {
        HttpReply reply = infer(tensor("x", shape, type, data.replace('\'', '"')), "");
        assertEquals(400, reply.status(), reply.body());
        assertTrue(reply.json().at("error").text().contains(part), reply.body());
    }

    @Test
    void otherRefusals() {
        String row = tensor("x", "[6]", "FP64", "[0,15,-12,30,0.1,0.5]");
        for (String[] wrong :
                new String[][] {
                    {"[%s]".formatted(row), "must be a JSON object"},
                    {"{\"inputs\":[]}", "at least one tensor"},
                    {"{\"inputs\":[%s,%s]}".formatted(row, row), "x again"},
                    {"{\"inputs\":[{\"name\":\"x\",\"shape\":[6],\"datatype\":\"FP64\"}]}", "data"},
                    {
                        "{\"inputs\":[%s],\"outputs\":[{\"name\":\"x\"}]}".formatted(row),
                        "outputs[0].name must be one of predict"
                    }
                }) {
            HttpReply reply = server.post(MODEL + "/infer", wrong[0]);
            assertEquals(400, reply.status(), reply.body());
            assertTrue(reply.json().at("error").text().contains(wrong[1]), reply.body());
        }
        HttpReply text = server.post("/v2/models/nightjar-demo/infer", "{}");
        assertEquals("model_task_mismatch", text.json().at("error_type").text());
    }

    private static HttpResponse<byte[]> binary(String json, byte[] bytes, int length)
            throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bytes);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:%d%s/infer"
                                                    .formatted(server.port(), MODEL)))
                            .header("Content-Type", "application/octet-stream")
                            .header(JSON_LENGTH, Integer.toString(length))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static String binaryTensor(int numBytes, String more) {
        return "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,6],\"datatype\":\"FP64\",\"parameters\":{\"binary_data_size\":%d}}]%s}"
                .formatted(numBytes, more);
    }

    private static byte[] row() {
        ByteBuffer bytes = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : ROW) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }

    /** As Triton's client sends and wants it unless it is told otherwise. */
    @Test
    void tensorsAsBytes() throws Exception {
        String json = binaryTensor(48, ",\"parameters\":{\"binary_data_output\":true}");
        HttpResponse<byte[]> reply = binary(json, row(), json.length());
        assertEquals(200, reply.statusCode(), new String(reply.body(), StandardCharsets.UTF_8));
        int length = Integer.parseInt(reply.headers().firstValue(JSON_LENGTH).orElseThrow());
        Json head = Json.of(new String(reply.body(), 0, length, StandardCharsets.UTF_8));
        assertEquals(4, head.at("outputs.0.parameters.binary_data_size").integer());
        byte[] expected =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(PREDICTED).array();
        byte[] tail = Arrays.copyOfRange(reply.body(), length, reply.body().length);
        assertArrayEquals(expected, tail);
    }

    @Test
    void bytesInJsonOut() throws Exception {
        String json = binaryTensor(48, "");
        HttpResponse<byte[]> reply = binary(json, row(), json.length());
        Json body = Json.of(new String(reply.body(), StandardCharsets.UTF_8));
        assertEquals(PREDICTED, (float) body.at("outputs.0.data.0").number());
    }

    @Test
    void wrongBytes() throws Exception {
        String json = binaryTensor(48, "");
        for (HttpResponse<byte[]> reply :
                List.of(
                        binary(json, new byte[47], json.length()),
                        binary(json, new byte[49], json.length()),
                        binary(json, row(), json.length() + 1000),
                        binary(binaryTensor(47, ""), new byte[47], json.length()),
                        binary(json, row(), 3))) {
            assertEquals(400, reply.statusCode());
            assertTrue(Json.of(new String(reply.body(), StandardCharsets.UTF_8)).has("error"));
        }
    }
}
