package dev.nightjar.engine.format.protobuf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.MalformedFileException;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields come out as they were written; what is cut or made up is refused. */
class ProtoReaderTest {

    @Property(tries = 200)
    void readsWhatWasWritten(
            @ForAll long whole, @ForAll float decimal, @ForAll String text, @ForAll long[] many) {
        ProtoWriter writer = new ProtoWriter().varint(1, whole).float32(2, decimal);
        writer.bytes(9, (byte) 1, (byte) 2).text(3, wellFormed(text));
        for (long number : many) {
            writer.varint(4, number);
        }
        writer.message(5, new ProtoWriter().varint(7, 8));
        ProtoReader reader = new ProtoReader(writer.toBytes(), "test");
        ProtoLongs longs = new ProtoLongs();
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> assertEquals(whole, reader.varint());
                case 2 -> assertEquals(decimal, reader.float32());
                case 3 -> assertEquals(wellFormed(text), reader.text());
                case 4 -> reader.varints(longs);
                case 5 -> {
                    ProtoReader below = reader.message();
                    assertTrue(below.next());
                    assertEquals(7, below.field());
                    assertEquals(8, below.varint());
                    assertFalse(below.next());
                }
                default -> reader.skip();
            }
        }
        assertArrayEquals(many, longs.toArray());
    }

    private static String wellFormed(String text) {
        return text.codePoints()
                .filter(c -> c < 0xd800 || c > 0xdfff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void packedNumbers() {
        byte[] packed = {0x0a, 5, 1, (byte) 0x80, 1, (byte) 0xff, 0x7f, 0x10, 3};
        ProtoReader reader = new ProtoReader(packed, "test");
        ProtoLongs longs = new ProtoLongs();
        assertTrue(reader.next());
        reader.varints(longs);
        assertArrayEquals(new long[] {1, 128, 16383}, longs.toArray());
        assertTrue(reader.next());
        assertEquals(3, reader.varint());
        assertFalse(reader.next());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0a05",
                "08",
                "0880808080808080808080",
                "0d0000",
                "0b",
                "00",
                "12ffffffff0f",
                "0a01ff"
            })
    void damagedOnesAreRefused(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThrows(
                MalformedFileException.class,
                () -> {
                    ProtoReader reader = new ProtoReader(bytes, "test");
                    while (reader.next()) {
                        if (reader.field() == 1 && bytes[0] == 0x0a) {
                            reader.text();
                        } else {
                            reader.skip();
                        }
                    }
                });
    }

    @Test
    void depthIsBounded() {
        ProtoWriter writer = new ProtoWriter();
        for (int i = 0; i < 100; i++) {
            writer = new ProtoWriter().message(1, writer);
        }
        byte[] bytes = writer.toBytes();
        assertThrows(MalformedFileException.class, () -> descend(new ProtoReader(bytes, "test")));
    }

    private static void descend(ProtoReader reader) {
        if (reader.next()) {
            descend(reader.message());
        }
    }
}
