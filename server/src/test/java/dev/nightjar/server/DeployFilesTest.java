package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.config.KeyReference;
import dev.nightjar.server.gate.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of docs/operations/deploy agree with the server that they start. */
final class DeployFilesTest {

    private static final String ADAPTER = "kubernetes/prometheus-adapter.yaml";
    private static final String CLOUD_INIT = "cloud-init/user-data.yaml";

    /** Time for clients to take the last event, see {@link Listeners}. */
    private static final int SECONDS_TO_TELL = 5;

    private static Path root() {
        String root = System.getenv("NIGHTJAR_ROOT");
        return (root == null ? Path.of("..") : Path.of(root)).toAbsolutePath().normalize();
    }

    private static String read(String file) throws Exception {
        return Files.readString(root().resolve("docs/operations/deploy").resolve(file));
    }

    private static List<Object> documents(String yaml) {
        List<Object> all = new ArrayList<>();
        new Load(LoadSettings.builder().build()).loadAllFromString(yaml).forEach(all::add);
        return all;
    }

    private static Object manifest(String kind) throws Exception {
        return documents(read("kubernetes/nightjar.yaml")).stream()
                .filter(document -> at(document, "kind").equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind));
    }

    /** The value at a path such as {@code spec.containers.0.name}. */
    private static Object at(Object document, String path) {
        Object found = document;
        for (String step : path.split("\\.")) {
            found =
                    switch (found) {
                        case Map<?, ?> map -> map.get(step);
                        case List<?> list -> list.get(Integer.parseInt(step));
                        case null, default -> throw new AssertionError("no " + path);
                    };
        }
        assertTrue(found != null, path);
        return found;
    }

    private static Object container() throws Exception {
        return at(manifest("StatefulSet"), "spec.template.spec.containers.0");
    }

    private static String configuration() throws Exception {
        return (String) ((Map<?, ?>) at(manifest("ConfigMap"), "data")).get("nightjar.yaml");
    }

    private static Object configured(String path) throws Exception {
        return at(documents(configuration()).getFirst(), path);
    }

    @Test
    void theConfigurationIsOne() throws Exception {
        assertEquals(configured("server.port"), at(container(), "ports.0.containerPort"));
        assertEquals(configured("server.admin_port"), at(container(), "ports.1.containerPort"));
        List<String> known = KeyReference.all().stream().map(KeyReference.Entry::path).toList();
        for (Object key : ((Map<?, ?>) configured("server")).keySet()) {
            assertTrue(known.contains("server." + key), () -> "no key server." + key);
        }
        Object file = at(documents(read(CLOUD_INIT)).getFirst(), "write_files.0");
        Object cloud = documents((String) at(file, "content")).getFirst();
        assertEquals("0.0.0.0", at(cloud, "server.host"));
        assertEquals(true, at(cloud, "auth.required"));
        assertEquals(true, configured("auth.required"));
    }

    /** Nobody is killed while it drains. */
    @Test
    void timeToDrain() throws Exception {
        String limit = (String) configured("server.drain_limit");
        assertTrue(limit.endsWith("s"), limit);
        int drain = Integer.parseInt(limit.substring(0, limit.length() - 1));
        int preStop =
                Integer.parseInt((String) at(container(), "lifecycle.preStop.exec.command.1"));
        int grace =
                (int)
                        at(
                                manifest("StatefulSet"),
                                "spec.template.spec.terminationGracePeriodSeconds");
        assertTrue(grace > preStop + drain + SECONDS_TO_TELL, () -> "grace of " + grace);
        Matcher stop =
                Pattern.compile("TimeoutStopSec=(\\d+)").matcher(read("systemd/nightjar.service"));
        assertTrue(stop.find());
        long standard = ServerOptions.defaults().drainLimit().toSeconds();
        assertTrue(Integer.parseInt(stop.group(1)) > standard + SECONDS_TO_TELL);
    }

    /** Probes ask for what is answered without a token; scaling asks for what is counted. */
    @Test
    void probesAndMetrics() throws Exception {
        try (TestServer server = TestServer.start()) {
            for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                Object path = at(container(), probe + ".httpGet.path");
                assertTrue(
                        server.routes().stream()
                                .anyMatch(
                                        route ->
                                                route.path().equals(path)
                                                        && route.access() == Access.PUBLIC),
                        () -> "no open route " + path);
            }
            Matcher metric =
                    Pattern.compile("metric: \\{name: (\\w+)}")
                            .matcher(read("helm/nightjar/templates/availability.yaml"));
            assertTrue(metric.find());
            Object rule = at(documents(read(ADAPTER)).getFirst(), "rules.custom.0");
            assertEquals(metric.group(1), at(rule, "name.as"));
            Matcher series = Pattern.compile("nightjar_\\w+").matcher(rule.toString());
            String metrics = server.get("/metrics").body();
            assertTrue(metrics.contains("# TYPE nightjar_queue_seconds histogram"), metrics);
            while (series.find()) {
                String name = series.group().replaceFirst("_(bucket|count)$", "");
                assertTrue(List.of("nightjar_queue_seconds", metric.group(1)).contains(name), name);
            }
        }
    }

    /** Root can do nothing that a server needs. */
    @Test
    void containersAreConfined() throws Exception {
        Object context = at(container(), "securityContext");
        assertEquals(true, at(context, "readOnlyRootFilesystem"));
        assertEquals(false, at(context, "allowPrivilegeEscalation"));
        assertEquals(List.of("ALL"), at(context, "capabilities.drop"));
        Object user = at(manifest("StatefulSet"), "spec.template.spec.securityContext.runAsUser");
        for (String file : List.of("docker/Dockerfile", "docker/Dockerfile.cuda")) {
            assertTrue(read(file).contains("\nUSER " + user + ":"), file);
            assertTrue(read(file).contains("GET /health/ready HTTP/1.1"), file);
        }
    }
}
