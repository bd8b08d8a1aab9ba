package dev.nightjar.engine.format.pickle;

import dev.nightjar.engine.format.MalformedFileException;
import dev.nightjar.engine.format.pickle.PickleValue.PickleSymbol;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Reads pickles of protocols 0 to 5. An opcode is one byte, followed by its operand; it pushes a
 * value, or builds one from those on the stack:
 *
 * <table>
 * <caption>Opcodes by what they do</caption>
 * <tr><td>numbers</td><td>{@code I F L J K M G 8a 8b}, None and booleans {@code N 88 89}</td></tr>
 * <tr><td>strings, bytes</td><td>{@code S T U V X 8c 8d}, {@code B C 8e 96}</td></tr>
 * <tr><td>collections</td><td>{@code ( ) ] } t l d 85 86 87 8f 90 91 a e s u}</td></tr>
 * <tr><td>memo</td><td>{@code p q r g h j 94}</td></tr>
 * <tr><td>names, objects</td><td>{@code c i o R b 81 92 93}, {@code P Q}</td></tr>
 * <tr><td>stack, framing</td><td>{@code 0 1 2 80 95 .}</td></tr>
 * </table>
 *
 * <p>Extension registries (82–84) and buffers outside of the pickle (97, 98) are refused.
 */
public final class PickleReader {
    private static final long MAX_BYTES = 64L << 20;
    private static final int MAX_OPERATIONS = 10_000_000;
    private static final int MAX_INTEGER_BYTES = 1024;
    private static final int MAX_DIGITS = 2048;
    private static final int MAX_PROTOCOL = 5;

    private final PickleInput input;
    private final PickleStack stack;
    private final PickleGlobals globals;
    private final PickleHook hook;

    private PickleReader(PickleInput input, PickleGlobals globals, PickleHook hook) {
        this.input = input;
        this.stack = new PickleStack(input);
        this.globals = globals;
        this.hook = hook;
    }

    /**
     * What was read.
     *
     * @param value the pickle's value
     * @param end first byte behind the pickle
     */
    public record Result(PickleValue value, long end) {}

    /**
     * Reads one pickle.
     *
     * @param data holds it from byte {@code start} on
     * @param base byte of the file at which {@code data} begins, for errors
     * @throws MalformedFileException if it breaks the format, exceeds a limit (64 MiB, 10 million
     *     opcodes) or uses a name that is not allowed
     */
    public static Result read(
            MemorySegment data, String file, long base, long start, PickleGlobals globals) {
        return read(data, file, base, start, globals, MAX_BYTES, PickleHook.NONE);
    }

    /**
     * Reads one pickle of a kind of file that puts something between opcodes.
     *
     * @param maxBytes most bytes that are read
     */
    public static Result read(
            MemorySegment data,
            String file,
            long base,
            long start,
            PickleGlobals globals,
            long maxBytes,
            PickleHook hook) {
        PickleInput input = new PickleInput(data, file, base, start, maxBytes);
        return new Result(read(input, globals, hook), input.position());
    }

    static PickleValue read(PickleInput input, PickleGlobals globals, PickleHook hook) {
        return new PickleReader(input, globals, hook).run();
    }

    private PickleValue run() {
        for (int operations = 0; operations < MAX_OPERATIONS; operations++) {
            int opcode = input.uint8();
            if (opcode == '.') {
                return stack.pop();
            }
            if (!literal(opcode) && !collection(opcode) && !object(opcode)) {
                throw input.error("expected a known opcode, found 0x%02x".formatted(opcode));
            }
        }
        throw input.error("expected at most %d opcodes, found more".formatted(MAX_OPERATIONS));
    }

    private boolean literal(int opcode) {
        switch (opcode) {
            case 'N' -> stack.push(PickleValue.PickleNone.NONE);
            case 0x88 -> stack.push(PickleValue.PickleBoolean.TRUE);
            case 0x89 -> stack.push(PickleValue.PickleBoolean.FALSE);
            case 'J' -> stack.push(integer(input.int32()));
            case 'K' -> stack.push(integer(input.uint8()));
            case 'M' -> stack.push(integer(input.uint16()));
            case 0x8a -> stack.push(longInteger(input.uint8()));
            case 0x8b -> stack.push(longInteger(input.int32()));
            case 'I' -> stack.push(integerLine());
            case 'L' -> stack.push(decimal(input.line().replaceFirst("L$", "")));
            case 'F' -> stack.push(floatLine());
            case 'G' -> stack.push(new PickleValue.PickleFloat(input.bigEndianDouble()));
            default -> {
                return text(opcode);
            }
        }
        return true;
    }

    private boolean text(int opcode) {
        switch (opcode) {
            case 'X' -> stack.push(utf8(Integer.toUnsignedLong(input.int32())));
            case 0x8c -> stack.push(utf8(input.uint8()));
            case 0x8d -> stack.push(utf8(input.int64()));
            case 'V' -> stack.push(new PickleText(PickleEscapes.rawUnicode(input.line())));
            case 'S' -> stack.push(new PickleText(PickleEscapes.quoted(input, input.line())));
            case 'T' -> stack.push(latin1(Integer.toUnsignedLong(input.int32())));
            case 'U' -> stack.push(latin1(input.uint8()));
            case 'B' -> stack.push(bytes(Integer.toUnsignedLong(input.int32())));
            case 'C' -> stack.push(bytes(input.uint8()));
            case 0x8e, 0x96 -> stack.push(bytes(input.int64()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean collection(int opcode) {
        switch (opcode) {
            case '(' -> stack.mark();
            case '0' -> stack.popOrMark();
            case '1' -> stack.popToMark();
            case '2' -> stack.push(stack.peek());
            case ']', 0x8f -> stack.push(new PickleValue.PickleList());
            case '}' -> stack.push(new PickleValue.PickleDict());
            case ')' -> stack.pushTuple(0);
            case 0x85 -> stack.pushTuple(1);
            case 0x86 -> stack.pushTuple(2);
            case 0x87 -> stack.pushTuple(3);
            case 't' -> stack.pushTuple();
            case 'l', 0x91 -> stack.pushList();
            case 'd' -> stack.pushDict();
            case 'a' -> stack.append();
            case 'e', 0x90 -> stack.appendAll();
            case 's' -> stack.setItem();
            case 'u' -> stack.setItems();
            case 'p' -> stack.put(index(input.line()));
            case 'q' -> stack.put(input.uint8());
            case 'r' -> stack.put(input.int32());
            case 0x94 -> stack.memoize();
            case 'g' -> stack.get(index(input.line()));
            case 'h' -> stack.get(input.uint8());
            case 'j' -> stack.get(input.int32());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean object(int opcode) {
        switch (opcode) {
            case 'c' -> stack.push(symbol(input.line(), input.line()));
            case 0x93 -> stackGlobal();
            case 'i' -> stack.pushCall(symbol(input.line(), input.line()));
            case 'o' -> stack.pushCall();
            case 'R', 0x81 -> stack.call();
            case 0x92 -> stack.callWithKeywords();
            case 'b' -> stack.push(hook.built(stack.setState(), input));
            case 'P' -> stack.push(new PickleValue.PicklePersistent(new PickleText(input.line())));
            case 'Q' -> stack.push(new PickleValue.PicklePersistent(stack.pop()));
            case 0x80 -> protocol();
            case 0x95 -> input.int64();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void protocol() {
        int version = input.uint8();
        if (version > MAX_PROTOCOL) {
            throw input.error("expected protocol 0 to 5, found " + version);
        }
    }

    private void stackGlobal() {
        PickleValue name = stack.pop();
        PickleValue module = stack.pop();
        if (!(name instanceof PickleText nameText) || !(module instanceof PickleText moduleText)) {
            throw input.error(
                    "expected module and name as strings, found %s and %s"
                            .formatted(module.kind(), name.kind()));
        }
        stack.push(symbol(moduleText.value(), nameText.value()));
    }

    private PickleSymbol symbol(String module, String name) {
        PickleSymbol symbol = new PickleSymbol(module, name);
        if (!globals.allows(symbol)) {
            throw input.error(
                    ("expected plain data, found a use of %s; files are read without running what is in"
                                    + " them, so save the plain tensors or convert to safetensors")
                            .formatted(symbol));
        }
        return symbol;
    }

    private static PickleValue integer(long value) {
        return new PickleValue.PickleInteger(BigInteger.valueOf(value));
    }

    private PickleValue longInteger(int numBytes) {
        if (numBytes < 0 || numBytes > MAX_INTEGER_BYTES) {
            throw input.error(
                    "expected an integer of at most %d bytes, found %d"
                            .formatted(MAX_INTEGER_BYTES, numBytes));
        }
        byte[] bytes = input.bytes(numBytes);
        byte[] bigEndian = new byte[Math.max(1, numBytes)];
        for (int i = 0; i < numBytes; i++) {
            bigEndian[numBytes - 1 - i] = bytes[i];
        }
        return new PickleValue.PickleInteger(new BigInteger(bigEndian));
    }

    /** Booleans are the integers 00 and 01 in protocol 0. */
    private PickleValue integerLine() {
        String line = input.line();
        return switch (line) {
            case "00" -> PickleValue.PickleBoolean.FALSE;
            case "01" -> PickleValue.PickleBoolean.TRUE;
            default -> decimal(line);
        };
    }

    private PickleValue decimal(String digits) {
        if (digits.length() > MAX_DIGITS || !digits.matches("-?[0-9]+")) {
            throw input.error("expected an integer in decimal digits, found none");
        }
        return new PickleValue.PickleInteger(new BigInteger(digits));
    }

    private int index(String digits) {
        if (!digits.matches("[0-9]{1,9}")) {
            throw input.error("expected the number of a memo entry, found none");
        }
        return Integer.parseInt(digits);
    }

    private PickleValue floatLine() {
        String line = input.line();
        if (line.length() > MAX_DIGITS
                || !line.matches("[-+]?(inf|nan|[0-9]*\\.?[0-9]*([eE][-+]?[0-9]+)?)")
                || line.chars().noneMatch(c -> c >= '0' && c <= '9' || c == 'n')) {
            throw input.error("expected a number in decimal digits, found none");
        }
        String java = line.replace("inf", "Infinity").replace("nan", "NaN");
        return new PickleValue.PickleFloat(Double.parseDouble(java));
    }

    private PickleText utf8(long numBytes) {
        return new PickleText(new String(input.bytes(numBytes), StandardCharsets.UTF_8));
    }

    private PickleText latin1(long numBytes) {
        return new PickleText(new String(input.bytes(numBytes), StandardCharsets.ISO_8859_1));
    }

    private PickleValue bytes(long numBytes) {
        return new PickleValue.PickleBytes(input.bytes(numBytes));
    }
}
