package dev.nightjar.server.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.auth.IssuedToken;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.store.StoredToken;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tokens on the wire. The text of one stands in the answer that makes it, and in no other. */
public final class TokenJson {

    private static final String MEMBERS =
            """
            "id":{"type":"string"},"name":{"type":"string"},"prefix":{"type":"string"},\
            "created_at":{"type":"string"},"expires_at":{"type":["string","null"]},\
            "models":{"type":["array","null"],"items":{"type":"string"}},\
            "tasks":{"type":["array","null"],"items":{"type":"string"}},\
            "admin":{"type":"boolean"},"tier":{"type":"string"}\
            """;
    private static final String NAMES =
            "\"id\",\"name\",\"prefix\",\"created_at\",\"expires_at\",\"models\",\"tasks\","
                    + "\"admin\",\"tier\"";

    static final FieldSchema ISSUED =
            FieldSchema.of(
                    "{\"type\":\"object\",\"required\":[%s,\"token\"],\"properties\":{%s,%s}}"
                            .formatted(NAMES, MEMBERS, "\"token\":{\"type\":\"string\"}"));

    private static final String LISTED =
            ("{\"type\":\"object\",\"required\":[%s,\"last_used_at\",\"revoked_at\",\"state\"],"
                            + "\"properties\":{%s,\"last_used_at\":{\"type\":[\"string\",\"null\"]},"
                            + "\"revoked_at\":{\"type\":[\"string\",\"null\"]},\"state\":"
                            + "{\"type\":\"string\"}}}")
                    .formatted(NAMES, MEMBERS);

    static final FieldSchema ONE = FieldSchema.of(LISTED);

    static final FieldSchema LIST =
            FieldSchema.of(
                    ("{\"type\":\"object\",\"required\":[\"tokens\"],\"properties\":{\"tokens\":"
                                    + "{\"type\":\"array\",\"items\":%s}}}")
                            .formatted(LISTED));

    private TokenJson() {}

    /** A token with its text. */
    public static byte[] issued(IssuedToken token) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    writeMembers(json, token.stored());
                    json.writeStringField("token", token.text());
                    json.writeEndObject();
                });
    }

    /** A token. */
    public static byte[] one(StoredToken token, Instant now) {
        return JsonText.of(json -> write(json, token, now));
    }

    /** Tokens. */
    public static byte[] list(List<StoredToken> tokens, Instant now) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("tokens");
                    for (StoredToken token : tokens) {
                        write(json, token, now);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private static void write(JsonGenerator json, StoredToken token, Instant now)
            throws IOException {
        json.writeStartObject();
        writeMembers(json, token);
        writeTime(json, "last_used_at", token.lastUsedAt());
        writeTime(json, "revoked_at", token.revokedAt());
        json.writeStringField("state", token.stateAt(now).word());
        json.writeEndObject();
    }

    private static void writeMembers(JsonGenerator json, StoredToken token) throws IOException {
        json.writeStringField("id", token.id());
        json.writeStringField("name", token.name());
        json.writeStringField("prefix", token.prefix());
        json.writeStringField("created_at", token.createdAt().toString());
        writeTime(json, "expires_at", token.expiresAt());
        writeTexts(json, "models", token.models());
        writeTexts(json, "tasks", token.tasks());
        json.writeBooleanField("admin", token.isAdmin());
        json.writeStringField("tier", token.tier());
    }

    private static void writeTime(JsonGenerator json, String name, Optional<Instant> time)
            throws IOException {
        json.writeStringField(name, time.map(Instant::toString).orElse(null));
    }

    /** Null stands for all. */
    static void writeTexts(
            JsonGenerator json, String name, Optional<? extends Iterable<String>> texts)
            throws IOException {
        if (texts.isEmpty()) {
            json.writeNullField(name);
            return;
        }
        json.writeArrayFieldStart(name);
        for (String text : texts.get()) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
