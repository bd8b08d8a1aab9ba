package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.DemoModels;
import dev.nightjar.engine.Engine;
import dev.nightjar.engine.lifecycle.ModelSource;
import dev.nightjar.engine.lifecycle.ModelSpec;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.catalog.CatalogSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** O31, O32: models of rows behind the gateway's paths. */
final class PredictTest {

    private static final String DEMO = DemoModels.ROWS;
    private static final String ROW = "[0,15,-12,30,0.1,0.5]";

    /** XGBoost itself says 0.09961265, the float beside it. */
    private static final String PREDICTED = "0.099612646";

    private static final TabularModel MODEL = DemoModels.openRows();

    /**
     * A model of three features, as the document's sample sends them, and two predictions a row.
     */
    private static final String OF_THREE =
            """
            {"version":[2,0,0],"learner":{"feature_names":[],"feature_types":[],\
            "learner_model_param":{"base_score":"5E-1","num_class":"0","num_feature":"3",\
            "num_target":"1"},"objective":{"name":"reg:squarederror"},\
            "gradient_booster":{"name":"gblinear","model":{"weights":[1,10,100,0.25]}}}}""";

    private static TestServer server;

    @TempDir private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        Path file = Files.writeString(folder.resolve("three.json"), OF_THREE);
        Engine engine =
                Engine.builder()
                        .demoModel()
                        .demoEncoders()
                        .demoRows()
                        .model(file)
                        .add(
                                ModelSpec.of("later", ModelSource.of(file, LoadOptions.defaults()))
                                        .withLoading(ModelSpec.Loading.LAZY))
                        .open();
        server =
                new TestServer(
                        engine,
                        ServerOptions.defaults()
                                .withCatalog(CatalogSource.withAliases(Map.of("v-1", "three"))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpReply predict(String model, String body) {
        return server.post("/models/%s/proxy/v1/predict".formatted(model), body);
    }

    private static Json ok(HttpReply reply) {
        assertEquals(200, reply.status(), reply.body());
        return reply.json();
    }

    /** Every shape gives the same, on both paths. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ROW,
                "[" + ROW + "]",
                "{\"inputs\":" + ROW + "}",
                "{\"inputs\":[" + ROW + "]}",
                "{\"instances\":[" + ROW + "],\"model\":\"anything\"}",
                "{\"dataframe_split\":{\"columns\":[\"hours_of_dark\",\"season\",\"temperature\","
                        + "\"snow_cm\",\"moonlight\",\"age_years\"],"
                        + "\"data\":[[15,0,-12,30,0.1,0.5]]}}",
                "{\"dataframe_records\":[{\"hours_of_dark\":15,\"season\":0,\"temperature\":-12,"
                        + "\"snow_cm\":30,\"moonlight\":0.1,\"age_years\":0.5}]}"
            })
    void shapes(String body) {
        for (String path : List.of("/models/%s/proxy/predict", "/models/%s/proxy/v1/predict")) {
            HttpReply reply = server.post(path.formatted(DEMO), body);
            assertEquals(
                    """
                    {"data":[%s],"meta":{"input_schema":[{"tensor-spec":{"dtype":"float64",\
                    "shape":[-1,6]},"type":"tensor"}],"output_schema":[{"tensor-spec":\
                    {"dtype":"float32","shape":[-1]},"type":"tensor"}]}}"""
                            .formatted(PREDICTED),
                    reply.body());
            assertEquals(200, reply.status());
            assertEquals(DEMO, reply.header("X-Model-Version").orElse(""));
        }
    }

    @Test
    void missingValues() {
        String expected = ok(predict(DEMO, "[3,12,9,null,0.5,4]")).at("data").toString();
        assertTrue(expected.contains("0.837025"), expected);
        assertEquals(expected, ok(predict(DEMO, "[3,12,9,NaN,0.5,4]")).at("data").toString());
    }

    @Test
    void otherKinds() {
        Json both = ok(server.post("/models/" + DEMO + "/proxy/predict?proba=true", ROW));
        assertEquals(2, both.at("data.0").size());
        assertEquals(1, both.at("data.0.0").number() + both.at("data.0.1").number(), 1e-6);
        assertEquals(2, both.at("meta.output_schema.0.tensor-spec.shape.1").integer());
        Json raw = ok(server.post("/models/" + DEMO + "/proxy/predict?kind=raw", ROW));
        assertEquals(
                both.at("data.0.1").number(), 1 / (1 + Math.exp(-raw.at("data.0").number())), 1e-6);
        Json added = ok(server.post("/models/" + DEMO + "/proxy/predict?kind=contributions", ROW));
        double sum = 0;
        for (int i = 0; i < 7; i++) {
            sum += added.at("data.0." + i).number();
        }
        assertEquals(raw.at("data.0").number(), sum, 1e-5);
        assertEquals(
                48,
                ok(server.post("/models/" + DEMO + "/proxy/predict?kind=leaves", ROW))
                        .at("data.0")
                        .size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nightjar-demo-predict | '' | [1,2,3] | 422 | 6 features (season, hours_of_dark",
                "nightjar-demo-predict | '' | [1,2,3] | 422 | shape [-1, 6]",
                "nightjar-demo-predict | '' | {'dataframe_records':[{'season':1}]} | 422 | missing",
                "nightjar-demo-predict | '' | ['x',2,3,4,5,6] | 422 | must be a number (double)",
                "nightjar-demo-predict | '' | {'inputs':'this is good!'} | 422 | array of rows",
                "nightjar-demo-predict | '' | [1,2 | 422 | not valid JSON",
                "nightjar-demo-predict | ?kind=x | [1,2,3,4,5,6] | 422 | kind must be one of",
                "nightjar-demo-predict | ?proba=true&kind=raw | [1,2,3,4,5,6] | 422 | give one",
                "three                 | ?proba=true | [1,2,3] | 422 | which this model",
                "nightjar-demo-classify | '' | [1,2,3] | 422 | must be a JSON object"
            })
    void refusals(String model, String query, String body, int status, String part) {
        HttpReply reply =
                server.post(
                        "/models/%s/proxy/predict%s".formatted(model, query),
                        body.replace('\'', '"'));
        assertEquals(status, reply.status(), reply.body());
        assertTrue(reply.json().at("error").text().contains(part), reply.body());
        assertEquals("Validation", reply.json().at("error_type").text());
    }

    /** The other task of the path keeps its shape; a model of text has neither. */
    @Test
    void dispatchByTask() {
        Json labels = ok(predict("nightjar-demo-classify", "{\"inputs\":\"It snows.\"}"));
        assertTrue(labels.at("0").has("label") && labels.at("0").has("score"));
        HttpReply text = predict("nightjar-demo", "[1,2,3]");
        assertEquals(400, text.status(), text.body());
        assertEquals("model_task_mismatch", text.json().at("error.code").text());
        HttpReply embed = server.post("/v1/embeddings", "{\"model\":\"three\",\"input\":\"x\"}");
        assertEquals("model_task_mismatch", embed.json().at("error.code").text());
    }

    /** The document's own body, for a model that takes three features. */
    @Test
    void theDocumentsRow() {
        assertEquals("321.75", ok(predict("three", "[1,2,3]")).at("data.0").number() + "");
        assertEquals("321.75", ok(predict("v-1", "[1,2,3]")).at("data.0").number() + "");
    }

    @Test
    void loadedWithTheFirstRequest() {
        Json before = ok(server.get("/admin/models/later"));
        assertEquals("prediction", before.at("task").text());
        assertEquals("unloaded", before.at("state").text());
        assertEquals(321.75, ok(predict("later", "[1,2,3]")).at("data.0").number());
        Json after = ok(server.get("/admin/models/later"));
        assertEquals("ready", after.at("state").text());
        assertTrue(
                after.at("versions.0.architecture").text().startsWith("XGBoost gblinear"),
                after.toString());
        assertEquals(OF_THREE.length(), after.at("versions.0.memory_bytes").integer(), "its file");
    }

    @Test
    void listedCountedAndShown() {
        String list = server.get("/v1/models").body();
        assertTrue(list.contains("\"" + DEMO + "\""), list);
        ok(predict(DEMO, "[" + ROW + "," + ROW + "]"));
        String metrics = server.get("/metrics").body();
        assertTrue(
                metrics.matches(
                        "(?s).*nightjar_rows_predicted_total\\{model=\"" + DEMO + "\"} [1-9].*"),
                metrics);
        assertTrue(metrics.contains("nightjar_requests_total{model=\"" + DEMO + "\""), metrics);
        String snippet = server.get("/models/" + DEMO + "/snippet?lang=curl").body();
        assertTrue(snippet.contains("/models/" + DEMO + "/proxy/v1/predict"), snippet);
        assertTrue(snippet.contains("hours_of_dark"), snippet);
        String body = snippet.substring(snippet.indexOf("-d '") + 4, snippet.lastIndexOf('\''));
        ok(predict(DEMO, body));
    }

    /** Requests at the same time, in the same batches: each answer as if it had been alone. */
    @Test
    void concurrentRequestsAreAnsweredAsAlone() throws Exception {
        Random random = new Random(3);
        List<double[]> rows = new ArrayList<>();
        List<Future<HttpReply>> replies = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 200; i++) {
                double[] row = new double[6];
                row[0] = random.nextInt(4);
                for (int c = 1; c < 6; c++) {
                    row[c] = Math.round(random.nextGaussian() * 100) / 10.0;
                }
                rows.add(row);
                String body = Arrays.toString(row);
                replies.add(clients.submit(() -> predict(DEMO, body)));
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            float alone =
                    (float)
                            MODEL.predict(Table.of(1, 6, rows.get(i)), PredictionKind.VALUE)
                                    .value(0, 0);
            assertEquals(
                    Float.toString(alone),
                    Float.toString((float) ok(replies.get(i).get()).at("data.0").number()));
        }
    }

    /**
     * The document's sample as it stands, but for what its reader has to fill in, and the dollar
     * sign that no URL begins with.
     */
    @Test
    @Tag("full")
    void theDocumentsSampleRuns() throws Exception {
        Path document = TestModels.shared("spec/sources/oicm-inference-gateway.txt");
        String text = Files.readString(document);
        String chapter = text.substring(text.indexOf("3. Classical ML Models"));
        String sample =
                chapter.substring(
                                chapter.indexOf("import requests"),
                                chapter.indexOf("Response Format"))
                        .replace("<api_key>", "'none'")
                        .replace("<model_version_id>", "'three'")
                        .replace("<base_url>", "'http://127.0.0.1:" + server.port() + "'")
                        .replace("f\"${base_url}", "f\"{base_url}");
        Path script = folder.resolve("sample.py");
        Files.writeString(script, sample + "\nprint(response.status_code, response.text)\n");
        Process python;
        try {
            python =
                    new ProcessBuilder("python3", script.toString())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException missing) {
            Assumptions.abort("python3 is not installed");
            return;
        }
        String out =
                new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertTrue(python.waitFor(60, TimeUnit.SECONDS));
        Assumptions.assumeFalse(out.contains("No module named 'requests'"), out);
        assertTrue(out.startsWith("200 {\"data\":[321.75],\"meta\":{\"input_schema\":"), out);
    }
}
