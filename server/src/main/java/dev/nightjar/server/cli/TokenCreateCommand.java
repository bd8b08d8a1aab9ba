package dev.nightjar.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.json.JsonValue;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes an access token and prints it, alone on standard output. */
@Command(
        name = "create",
        description = "Make an access token and print it; it cannot be shown again.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class TokenCreateCommand implements Callable<Integer> {

    private static final Pattern LIFE = Pattern.compile("(\\d{1,5})([mhd])");
    private static final Map<String, Duration> UNITS =
            Map.of("m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));
    private static final String NEVER = "never";

    @Spec private CommandSpec spec;
    @Mixin private DataFlags data = new DataFlags();

    @Option(
            names = "--name",
            required = true,
            description = "What people call it, such as the program that will use it.")
    private String name;

    @Option(names = "--admin", description = "It may change the server and make tokens.")
    private boolean isAdmin;

    @Option(
            names = "--model",
            paramLabel = "ID",
            description = "A model that it may use; several are possible; default: all.")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description =
                    "A task that it may use models for: text-generation, embedding, reranking,"
                            + " classification; or metrics; default: all tasks.")
    private List<String> tasks = new ArrayList<>();

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description =
                    "A time from now such as 12h or 30d, a date such as 2027-01-31T12:00:00Z, or"
                            + " never; default: 90d.")
    private String expires;

    @Option(names = "--tier", description = "Names its limits; default: default.")
    private String tier;

    @Override
    public Integer call() {
        Map<String, JsonValue> token = TokenStore.call(data.store(), body()).members();
        Cli cli = (Cli) spec.root().userObject();
        String end = TokenStore.text(token, "expires_at");
        cli.streams().out().println(TokenStore.text(token, "token"));
        cli.streams().out().flush();
        cli.streams()
                .err()
                .printf(
                        "%s '%s'%s, %s; it cannot be shown again%n",
                        TokenStore.text(token, "id"),
                        TokenStore.text(token, "name"),
                        isAdmin ? " (admin)" : "",
                        end.isEmpty() ? "without end" : "until " + end);
        return 0;
    }

    private byte[] body() {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("call", "create");
                    json.writeStringField("actor", System.getProperty("user.name"));
                    json.writeStringField("name", name);
                    json.writeBooleanField("admin", isAdmin);
                    writeAll(json, "models", models);
                    writeAll(json, "tasks", tasks);
                    if (tier != null) {
                        json.writeStringField("tier", tier);
                    }
                    writeEnd(json);
                    json.writeEndObject();
                });
    }

    private static void writeAll(JsonGenerator json, String member, List<String> texts)
            throws IOException {
        if (!texts.isEmpty()) {
            json.writeArrayFieldStart(member);
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        }
    }

    private void writeEnd(JsonGenerator json) throws IOException {
        if (expires == null) {
            return;
        }
        Matcher life = LIFE.matcher(expires);
        if (expires.equals(NEVER)) {
            json.writeBooleanField("never_expires", true);
        } else if (life.matches()) {
            Duration unit = UNITS.get(life.group(2));
            json.writeNumberField(
                    "expires_in", unit.multipliedBy(Long.parseLong(life.group(1))).toSeconds());
        } else {
            json.writeStringField("expires_at", date());
        }
    }

    private String date() {
        try {
            return OffsetDateTime.parse(expires).toString();
        } catch (DateTimeException malformed) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--expires must be a time such as 12h or 30d, a date such as"
                            + " 2027-01-31T12:00:00Z, or never; found '%s'".formatted(expires));
        }
    }
}
