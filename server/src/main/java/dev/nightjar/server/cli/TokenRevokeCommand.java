package dev.nightjar.server.cli;

import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.json.JsonValue;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Revokes an access token. */
@Command(
        name = "revoke",
        description = "Revoke an access token; a running server refuses it at once.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class TokenRevokeCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private DataFlags data = new DataFlags();

    @Parameters(paramLabel = "ID", description = "Such as tok_0123456789abcdef, as list shows it.")
    private String id;

    @Override
    public Integer call() {
        byte[] call =
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("call", "revoke");
                            json.writeStringField("actor", System.getProperty("user.name"));
                            json.writeStringField("id", id);
                            json.writeEndObject();
                        });
        Map<String, JsonValue> token = TokenStore.call(data.store(), call).members();
        PrintStream out = ((Cli) spec.root().userObject()).streams().out();
        out.printf("revoked %s '%s'%n", id, TokenStore.text(token, "name"));
        out.flush();
        return 0;
    }
}
