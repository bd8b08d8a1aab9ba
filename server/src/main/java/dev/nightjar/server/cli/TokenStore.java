package dev.nightjar.server.cli;

import dev.nightjar.server.admin.TokenCalls;
import dev.nightjar.server.auth.AuditLog;
import dev.nightjar.server.auth.Tokens;
import dev.nightjar.server.control.ControlSocket;
import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import dev.nightjar.server.store.Store;
import dev.nightjar.server.store.StoreConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The tokens of a data folder: through the server that has its database open, or by opening it
 * here. A database server takes both at a time.
 */
final class TokenStore {

    private TokenStore() {}

    /**
     * The answer to a call of {@link TokenCalls}.
     *
     * @throws IllegalStateException if it is an error; the message is the error's
     */
    static JsonObject call(StoreConfig config, byte[] call) {
        try {
            byte[] answer =
                    config.server().isPresent()
                            ? callHere(config, call)
                            : ControlSocket.call(config.folder().toAbsolutePath(), call)
                                    .orElseGet(() -> callHere(config, call));
            return checked((JsonObject) JsonReader.read(answer));
        } catch (IOException gone) {
            throw new UncheckedIOException(
                    "the server that uses %s does not answer".formatted(config.folder()), gone);
        }
    }

    private static byte[] callHere(StoreConfig config, byte[] call) {
        try (Store store = Store.of(config)) {
            return new TokenCalls(new Tokens(store), new AuditLog(store)).answer(call);
        }
    }

    private static JsonObject checked(JsonObject answer) {
        if (answer.members().get("error") instanceof JsonObject error
                && error.members().get("message") instanceof JsonString message) {
            throw new IllegalStateException(message.value());
        }
        return answer;
    }

    /** A member as a text; empty if it is null. */
    static String text(Map<String, ?> members, String name) {
        return members.get(name) instanceof JsonString string ? string.value() : "";
    }
}
