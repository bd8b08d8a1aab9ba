package dev.nightjar.server.cli.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

final class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "1000, 1000",
        "512M, 536870912",
        "2G, 2147483648",
        "1.5k, 1536",
        "1GiB, 1073741824",
        "3 , 3",
        "1T, 1099511627776"
    })
    void parses(String text, long bytes) {
        assertEquals(bytes, ByteSize.parse(text).bytes());
    }

    @ParameterizedTest
    @CsvSource({"''", "M", "-1", "1X", "1e9", "5 G"})
    void refuses(String text) {
        assertThrows(TypeConversionException.class, () -> ByteSize.parse(text));
    }

    @Test
    void printsTheLargestUnit() {
        assertEquals("1023 B", new ByteSize(1023).toString());
        assertEquals("1.0 KiB", new ByteSize(1024).toString());
        assertEquals("1.5 GiB", new ByteSize(3L << 29).toString());
    }
}
