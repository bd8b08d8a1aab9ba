package dev.nightjar.server.admin;

import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.IgnoredFields;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.auth.AuditLog;
import dev.nightjar.server.auth.IssuedToken;
import dev.nightjar.server.auth.NewToken;
import dev.nightjar.server.auth.Tokens;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.error.ErrorShape;
import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonSyntaxException;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.store.AuditEvent;
import dev.nightjar.server.store.StoreException;
import dev.nightjar.server.store.StoredToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes, lists and revokes tokens for commands on the same machine, JSON in and JSON out: {@code
 * {"call":"create", …}} with the members of {@link TokenFields}, {@code {"call":"list"}}, {@code
 * {"call":"revoke","id":"…"}}. Who reaches this could read the database as well.
 */
public final class TokenCalls {

    private static final List<String> CALLS = List.of("create", "list", "revoke");
    private static final Field<String> CALL = Field.word("call", CALLS, "What to do.");
    private static final Field<String> ID = Field.string("id", "Of the token to revoke.");
    private static final Field<String> ACTOR = Field.string("actor", "Who asks.");

    private final Tokens tokens;
    private final AuditLog audit;

    /** Of these tokens. */
    public TokenCalls(Tokens tokens, AuditLog audit) {
        this.tokens = tokens;
        this.audit = audit;
    }

    /** The answer to a call, an error in the shape of all errors included. */
    public byte[] answer(byte[] call) {
        try {
            return JsonReader.read(call) instanceof JsonObject object
                    ? answer(new RequestObject("", object, new IgnoredFields()))
                    : error(ApiError.invalidRequest("a call is a JSON object"));
        } catch (ApiException refused) {
            return error(refused.error());
        } catch (JsonSyntaxException malformed) {
            return error(ApiError.invalidRequest("a call is a JSON object"));
        } catch (StoreException failed) {
            return error(ApiError.serverError(503, failed.getMessage()));
        }
    }

    private byte[] answer(RequestObject call) {
        return switch (call.require(CALL)) {
            case "create" -> create(call);
            case "revoke" -> revoke(call);
            default -> TokenJson.list(tokens.all(), Instant.now());
        };
    }

    private byte[] create(RequestObject call) {
        NewToken asked = TokenFields.read(call, Instant.now());
        IssuedToken token = tokens.issue(asked);
        note(call, "token.create", token.stored());
        return TokenJson.issued(token);
    }

    private byte[] revoke(RequestObject call) {
        String id = call.require(ID);
        StoredToken known =
                Optional.of(id)
                        .filter(Tokens::isId)
                        .flatMap(tokens::withId)
                        .orElseThrow(
                                () ->
                                        ApiError.refusal(
                                                        404, "there is no token '%s'".formatted(id))
                                                .withCode("token_not_found")
                                                .asException());
        tokens.revoke(id);
        note(call, "token.revoke", known);
        return TokenJson.one(tokens.withId(id).orElse(known), Instant.now());
    }

    private void note(RequestObject call, String action, StoredToken token) {
        audit.note(
                new AuditEvent(
                        Instant.now(),
                        "local:" + call.get(ACTOR).orElse("unknown"),
                        action,
                        "%s '%s'".formatted(token.id(), token.name()),
                        "ok",
                        "-",
                        "local"));
    }

    private static byte[] error(ApiError error) {
        return ErrorShape.OBJECT.json(error, "-");
    }

    /** A call without members of its own. */
    public static byte[] list() {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField(CALL.name(), "list");
                    json.writeEndObject();
                });
    }
}
