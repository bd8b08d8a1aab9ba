package dev.nightjar.server.dialect.tei;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.EngineClosedException;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.QueueFullException;
import dev.nightjar.server.embedding.InputReader;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ErrorTable;
import org.junit.jupiter.api.Test;

/** Statuses and words of errors, one of each. */
final class TeiErrorsTest {

    private static void assertError(int status, String type, ApiError error) {
        ApiError translated = TeiErrors.of(error).orElseThrow();
        assertEquals(status, translated.status());
        assertEquals(type, translated.code().orElseThrow());
        assertEquals(error.message(), translated.message());
        assertEquals(error.headers(), translated.headers());
    }

    @Test
    void table() {
        ApiError invalid = ErrorTable.of(new InvalidRequestException("inputs", "inputs are odd"));
        assertError(422, "Validation", invalid);
        assertError(413, "Validation", invalid.withCode(InputReader.TOO_MANY));
        assertError(400, "Empty", invalid.withCode(InputReader.EMPTY));
        assertError(429, "Overloaded", ErrorTable.of(new QueueFullException(1)));
        assertError(424, "Backend", ErrorTable.of(new IllegalStateException("no such thing")));
    }

    @Test
    void othersKeepTheirForm() {
        assertTrue(TeiErrors.of(ErrorTable.of(new EngineClosedException())).isEmpty());
        assertTrue(TeiErrors.of(ErrorTable.timeLimit()).isEmpty());
        assertTrue(TeiErrors.of(ApiError.refusal(404, "no such model")).isEmpty());
    }
}
