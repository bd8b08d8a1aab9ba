package dev.nightjar.kernels.cpu.assembly;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A function in memory from which the processor executes, never freed. It is called without leaving
 * the state of Java code, which costs some nanoseconds, but keeps the garbage collector waiting:
 * calls take some ten microseconds, and less than a millisecond with the widest matrices.
 */
public final class MachineCode {

    private static final int READ_WRITE = 3;
    private static final int READ_EXECUTE = 5;
    private static final int PRIVATE_ANONYMOUS = 0x22;

    // jmp r9, which has the sixth argument: the address of a function then is a number like others,
    // that no call has to check.
    private static final byte[] JUMP = {0x41, (byte) 0xff, (byte) 0xe1};

    private static final MethodHandle CALL =
            Linker.nativeLinker()
                    .downcallHandle(
                            executable(JUMP),
                            FunctionDescriptor.ofVoid(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG),
                            Linker.Option.critical(false));

    /** Arrays instead of the first three; they stay where they are during a call. */
    private static final MethodHandle CALL_ON_ARRAYS =
            Linker.nativeLinker()
                    .downcallHandle(
                            executable(JUMP),
                            FunctionDescriptor.ofVoid(
                                    ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG),
                            Linker.Option.critical(true));

    private final long address;

    private MachineCode(long address) {
        this.address = address;
    }

    /**
     * Makes a function of instructions.
     *
     * @throws UnsupportedOperationException if the system refuses memory that can be executed
     */
    public static MachineCode of(byte[] instructions) {
        return new MachineCode(executable(instructions).address());
    }

    private static MemorySegment executable(byte[] instructions) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup symbols = linker.defaultLookup();
        MethodHandle map =
                linker.downcallHandle(
                        symbols.findOrThrow("mmap"),
                        FunctionDescriptor.of(
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG));
        MethodHandle protect =
                linker.downcallHandle(
                        symbols.findOrThrow("mprotect"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT));
        long length = instructions.length;
        int refused;
        MemorySegment memory;
        try {
            memory =
                    (MemorySegment)
                            map.invokeExact(
                                    MemorySegment.NULL,
                                    length,
                                    READ_WRITE,
                                    PRIVATE_ANONYMOUS,
                                    -1,
                                    0L);
            if (memory.address() == -1) {
                throw new UnsupportedOperationException("the system refused memory for code");
            }
            memory = memory.reinterpret(length, Arena.global(), null);
            MemorySegment.copy(
                    instructions, 0, memory, ValueLayout.JAVA_BYTE, 0, instructions.length);
            refused = (int) protect.invokeExact(memory, length, READ_EXECUTE);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable thrown) {
            throw new IllegalStateException("mmap or mprotect failed", thrown);
        }
        if (refused != 0) {
            throw new UnsupportedOperationException("the system refused to execute memory");
        }
        return memory;
    }

    /** Calls the function with five addresses or numbers. */
    public void call(long a, long b, long c, long d, long e) {
        try {
            CALL.invokeExact(a, b, c, d, e, address);
        } catch (Throwable thrown) {
            throw new IllegalStateException("machine code failed", thrown);
        }
    }

    /** Calls the function with three arrays and two numbers. */
    public void call(MemorySegment a, MemorySegment b, MemorySegment c, long d, long e) {
        try {
            CALL_ON_ARRAYS.invokeExact(a, b, c, d, e, address);
        } catch (Throwable thrown) {
            throw new IllegalStateException("machine code failed", thrown);
        }
    }
}
