package dev.nightjar.server;

import dev.nightjar.server.api.IgnoredFields;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** Request bodies for tests of those who read them. */
public final class Bodies {

    private Bodies() {}

    /** A body with these members. */
    public static RequestObject of(String members) {
        byte[] json = ("{" + members + "}").getBytes(StandardCharsets.UTF_8);
        return new RequestObject(
                "", (JsonValue.JsonObject) JsonReader.read(json), new IgnoredFields());
    }

    /** The parameter that an error names. */
    public static String paramAtFault(Executable reading) {
        ApiException refused = Assertions.assertThrows(ApiException.class, reading);
        return refused.error().param().orElse("none");
    }
}
