package dev.nightjar.bench.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import dev.nightjar.bench.Project;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** B34: the chart, rendered by Helm itself and held to the published schema of Kubernetes. */
@Tag("full")
class HelmChartTest {

    private static final Path DEPLOY = Project.root().resolve("docs/operations/deploy");

    private static final Map<String, String> EVERYTHING =
            Map.ofEntries(
                    Map.entry("autoscaling.enabled", "true"),
                    Map.entry("serviceMonitor.enabled", "true"),
                    Map.entry("serviceMonitor.tokenSecret", "scrape"),
                    Map.entry("tls.secret", "web"),
                    Map.entry("models.existingClaim", "weights"),
                    Map.entry("models.path", "model.gguf"),
                    Map.entry("gpu.count", "1"),
                    Map.entry("replicas", "3"),
                    Map.entry("javaOptions", "-Xmx2g"),
                    Map.entry("networkPolicy.clients[0].podSelector.matchLabels.app", "web"));

    /** Checks one object of a kind, or throws. */
    private interface Schema {
        void validate(JsonElement object) throws IOException;
    }

    private static final Map<String, Schema> SCHEMAS =
            Map.of(
                    "StatefulSet", V1StatefulSet::validateJsonElement,
                    "Service", V1Service::validateJsonElement,
                    "ConfigMap", V1ConfigMap::validateJsonElement,
                    "PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
                    "NetworkPolicy", V1NetworkPolicy::validateJsonElement,
                    "HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement);

    private static String render(Map<String, String> values) {
        TemplateCommand template =
                new Helm(DEPLOY.resolve("helm/nightjar")).template().withName("nightjar");
        values.forEach(template::set);
        return template.call();
    }

    private static List<JsonObject> objects(String yaml) {
        Load load = new Load(LoadSettings.builder().build());
        return StreamSupport.stream(load.loadAllFromString(yaml).spliterator(), false)
                .map(object -> new Gson().toJsonTree(object).getAsJsonObject())
                .toList();
    }

    private static void validate(List<JsonObject> objects) throws IOException {
        for (JsonObject object : objects) {
            String kind = object.get("kind").getAsString();
            if (!kind.equals("ServiceMonitor")) { // the Prometheus operator's, not of Kubernetes
                SCHEMAS.get(kind).validate(object);
            }
        }
    }

    @Test
    void theChartIsClean() {
        LintResult result = new Helm(DEPLOY.resolve("helm/nightjar")).lint().strict().call();
        assertFalse(result.isFailed(), () -> String.join("\n", result.getMessages()));
    }

    @Test
    void defaultsAreWhatIsCommitted() throws IOException {
        List<JsonObject> rendered = objects(render(Map.of()));
        validate(rendered);
        assertEquals(
                rendered, objects(Files.readString(DEPLOY.resolve("kubernetes/nightjar.yaml"))));
    }

    @Test
    void everythingAtOnce() throws IOException {
        List<JsonObject> rendered = objects(render(EVERYTHING));
        validate(rendered);
        List<String> kinds = rendered.stream().map(each -> each.get("kind").getAsString()).toList();
        assertTrue(kinds.containsAll(SCHEMAS.keySet()), kinds::toString);
        assertTrue(kinds.contains("ServiceMonitor"), kinds::toString);
    }

    @Test
    void theSchemaFindsFaults() {
        JsonElement misspelled =
                JsonParser.parseString(
                        "{\"kind\": \"PodDisruptionBudget\", \"spec\": {\"maxUnavailabel\": 1}}");
        assertThrows(
                IllegalArgumentException.class,
                () -> SCHEMAS.get("PodDisruptionBudget").validate(misspelled));
    }
}
