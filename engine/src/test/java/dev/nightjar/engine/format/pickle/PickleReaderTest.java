package dev.nightjar.engine.format.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.MalformedFileException;
import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.format.pickle.PickleValue.PickleInteger;
import dev.nightjar.engine.format.pickle.PickleValue.PickleList;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import dev.nightjar.engine.format.pickle.PickleValue.PickleTuple;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles as text, one character a byte. */
class PickleReaderTest {

    private static final PickleGlobals GLOBALS =
            new PickleGlobals(Set.of("collections.OrderedDict", "x.F"));

    @Test
    void integersOfAllForms() {
        assertEquals(
                List.of(-5L, 7L, 300L, -2L, 12L, -1L, 1L << 40),
                integers(
                        "(J\u00fb\u00ff\u00ff\u00ffK\u0007M\u002c\u0001I-2\nL12L\n\u008a\u0001\u00ff"
                                + "\u008a\u0006\0\0\0\0\0\u0001t."));
        assertEquals(BigInteger.ZERO, integer(read("\u008a\0.")));
    }

    private static List<Long> integers(String pickle) {
        return assertInstanceOf(PickleTuple.class, read(pickle)).elements().stream()
                .map(value -> integer(value).longValueExact())
                .toList();
    }

    private static BigInteger integer(PickleValue value) {
        return assertInstanceOf(PickleInteger.class, value).value();
    }

    @Test
    void textsOfAllForms() {
        PickleTuple texts =
                assertInstanceOf(
                        PickleTuple.class,
                        read(
                                "(X\u0002\0\0\0\u00c3\u00a4\u008c\u0001bS'c\\n\\x41'\nVd\\u00e4\n"
                                        + "U\u0001e\u008d\u0001\0\0\0\0\0\0\0ft."));
        assertEquals(
                List.of("ä", "b", "c\nA", "dä", "e", "f"),
                texts.elements().stream().map(v -> ((PickleText) v).value()).toList());
    }

    @Test
    void callsStayData() {
        PickleCall call =
                assertInstanceOf(
                        PickleCall.class,
                        read("cx\nF\nq\0K\u0001\u0085R(U\u0001aK\u0002uK\u0003b."));
        assertEquals("x.F", call.function().toString());
        assertEquals(1, call.entries().size());
        assertEquals(BigInteger.valueOf(3), integer(call.state().orElseThrow()));
    }

    @Test
    void listsMayContainThemselves() {
        PickleList list = assertInstanceOf(PickleList.class, read("]q\u0001h\u0001a."));
        assertSame(list, list.elements().getFirst());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cos\nsystem\nX\u0004\0\0\0true\u0085R.",
                "\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093\u008c\u0004true\u0085R.",
                "(X\u0004\0\0\0trueios\nsystem\n.",
                "(cos\nsystem\nX\u0004\0\0\0trueo.",
                "cos\nsystem\n)\u0081."
            })
    void codeIsNamedAndNeverRun(String pickle) {
        MalformedFileException refused =
                assertThrows(MalformedFileException.class, () -> read(pickle));
        assertTrue(refused.getMessage().contains("os.system"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                ".", // an empty stack
                "N", // no end
                "t.", // no mark
                "(R.", // a call of nothing
                "K\u0001(\u0085.", // a value below the mark
                "h\u0005.", // an empty memo
                "X\u00ff\u00ff\u00ff\u007fab.", // a length beyond the end
                "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffab.", // a negative length
                "\u008b\u00ff\u00ff\u00ff\u007f.", // an integer beyond the limit
                "L9x\n.", // no digits
                "Fabc\n.", // no number
                "F.\n.", // no digits in a number
                "Sabc\n.", // no quotes
                "(K\u0001d.", // half a pair
                "NNb.", // state of None
                "N(K\u0001e.", // an append to None
                "\u0080\u0009N.", // a protocol to come
                "\u0082\u0001.", // an extension
                "\u0097." // a buffer elsewhere
            })
    void brokenPicklesAreRefused(String pickle) {
        assertThrows(MalformedFileException.class, () -> read(pickle));
    }

    private static PickleValue read(String pickle) {
        byte[] bytes = pickle.getBytes(StandardCharsets.ISO_8859_1);
        return PickleReader.read(MemorySegment.ofArray(bytes), "test", 0, 0, GLOBALS).value();
    }
}
