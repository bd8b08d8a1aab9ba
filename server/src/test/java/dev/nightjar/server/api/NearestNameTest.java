package dev.nightjar.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NearestNameTest {

    private static final Set<String> NAMES = Set.of("temperature", "top_p", "top_k", "stream");

    @Test
    void findsWhatWasMeant() {
        assertEquals(Optional.of("temperature"), NearestName.of("temprature", NAMES));
        assertEquals(Optional.of("stream"), NearestName.of("steam", NAMES));
        assertEquals(Optional.of("top_p"), NearestName.of("topp", NAMES));
    }

    @Test
    void findsNothingFarAway() {
        assertEquals(Optional.empty(), NearestName.of("zzz", NAMES));
        assertEquals(Optional.empty(), NearestName.of("max_output_tokens", NAMES));
    }
}
