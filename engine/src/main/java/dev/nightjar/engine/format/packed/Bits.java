package dev.nightjar.engine.format.packed;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Little-endian elements of checkpoints. */
final class Bits {
    static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Bits() {}
}
