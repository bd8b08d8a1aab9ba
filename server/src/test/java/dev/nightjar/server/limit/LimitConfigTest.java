package dev.nightjar.server.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.limit.count.TierLimits;
import dev.nightjar.server.yaml.ConfigException;
import dev.nightjar.server.yaml.YamlFile;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitConfigTest {

    private static LimitConfig read(String yaml) {
        return LimitConfig.read(
                YamlFile.parse("test", yaml, LimitConfig.KEYS, Map.of("PASSWORD", "s3cret")::get));
    }

    @Test
    void nothingIsLimitedWithoutAFile() {
        LimitConfig config = read("");
        assertTrue(config.tier("default").isUnlimited());
        assertEquals(LimitConfig.OnFailure.CLOSED, config.onFailure());
    }

    @Test
    void aTierThatIsNotThereHasTheLimitsOfTheDefault() {
        LimitConfig config =
                read("tiers: {default: {requests_per_minute: 5}, gold: {tokens_per_day: 7}}");
        TierLimits five = TierLimits.NONE.withRequestsPerMinute(5);
        assertEquals(five, config.tier("default"));
        assertEquals(five, config.tier("misspelt"));
        assertEquals(TierLimits.NONE.withTokensPerDay(7), config.tier("gold"));
    }

    @ParameterizedTest
    @CsvSource({
        "'tiers: {a: {requests_per_minute: 0}}', requests_per_minute",
        "'tiers: {a: {tokens_per_minute: 100000001}}', 100000000",
        "'anonymous: nobody', nobody",
        "'redis: http://host', redis://",
        "'redis: \"not a url\"', redis://",
        "'tiers: {a: {request_per_minute: 1}}', requests_per_minute",
    })
    void faultsSayWhatWasExpected(String yaml, String expected) {
        ConfigException fault = assertThrows(ConfigException.class, () -> read(yaml));
        assertTrue(fault.getMessage().contains(expected), fault::getMessage);
    }

    @Test
    void noPasswordIsShown() {
        LimitConfig config = read("redis: redis://nj:${PASSWORD}@host:6379/0");
        assertTrue(config.store().isPresent());
        assertFalse(config.toString().contains("s3cret"));
        ConfigException fault =
                assertThrows(
                        ConfigException.class, () -> read("redis: http://nj:${PASSWORD}@host/0"));
        assertFalse(fault.getMessage().contains("s3cret"), fault::getMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ms",
        "120, 120ms",
        "999, 999ms",
        "1000, 1s",
        "8640, 8.64s",
        "59001, 59.001s",
        "60000, 1m0s",
        "360000, 6m0s",
        "3600000, 1h0m0s",
        "12301500, 3h25m1.5s"
    })
    void timesAreWrittenAsOpenAiDoes(long millis, String text) {
        assertEquals(text, RateLimitHeaders.text(Duration.ofMillis(millis)));
    }
}
