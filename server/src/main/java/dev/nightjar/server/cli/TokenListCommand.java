package dev.nightjar.server.cli;

import dev.nightjar.server.admin.TokenCalls;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonBoolean;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import dev.nightjar.server.terminal.TextTable;
import dev.nightjar.server.terminal.TextTable.Align;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists access tokens, without the tokens. */
@Command(
        name = "list",
        description = "List the access tokens; the tokens themselves are known to nobody.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class TokenListCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private DataFlags data = new DataFlags();

    @Override
    public Integer call() {
        JsonObject answer = TokenStore.call(data.store(), TokenCalls.list());
        List<JsonValue> tokens = ((JsonArray) answer.members().get("tokens")).elements();
        TextTable table =
                new TextTable(
                        Align.LEFT,
                        Align.LEFT,
                        Align.LEFT,
                        Align.LEFT,
                        Align.LEFT,
                        Align.LEFT,
                        Align.LEFT);
        table.row("id", "begins with", "name", "state", "may", "until", "last used");
        tokens.forEach(token -> addRow(table, ((JsonObject) token).members()));
        PrintStream out = ((Cli) spec.root().userObject()).streams().out();
        table.print(out);
        out.flush();
        return 0;
    }

    private static void addRow(TextTable table, Map<String, JsonValue> token) {
        String end = TokenStore.text(token, "expires_at");
        String used = TokenStore.text(token, "last_used_at");
        table.row(
                TokenStore.text(token, "id"),
                TokenStore.text(token, "prefix") + "…",
                TokenStore.text(token, "name"),
                TokenStore.text(token, "state"),
                scopes(token),
                end.isEmpty() ? "ever" : end,
                used.isEmpty() ? "never" : used);
    }

    private static String scopes(Map<String, JsonValue> token) {
        List<String> scopes = new ArrayList<>();
        if (token.get("admin") == JsonBoolean.TRUE) {
            scopes.add("admin");
        }
        for (String member : List.of("models", "tasks")) {
            if (token.get(member) instanceof JsonArray list) {
                list.elements().forEach(each -> scopes.add(((JsonString) each).value()));
            }
        }
        return scopes.isEmpty() ? "use all models" : String.join(", ", scopes);
    }
}
