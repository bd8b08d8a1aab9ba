package dev.nightjar.kernels.cpu.assembly;

import static dev.nightjar.kernels.cpu.assembly.Register.R10;
import static dev.nightjar.kernels.cpu.assembly.Register.R11;
import static dev.nightjar.kernels.cpu.assembly.Register.R8;
import static dev.nightjar.kernels.cpu.assembly.Register.R9;
import static dev.nightjar.kernels.cpu.assembly.Register.RAX;
import static dev.nightjar.kernels.cpu.assembly.Register.RCX;
import static dev.nightjar.kernels.cpu.assembly.Register.RDI;
import static dev.nightjar.kernels.cpu.assembly.Register.RDX;
import static dev.nightjar.kernels.cpu.assembly.Register.RSI;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes that the GNU assembler writes for the same instructions; short forms apart. */
class AssemblerTest {

    /** A call that writes one instruction or a few. */
    interface Written {
        void to(Assembler a);
    }

    static Stream<Arguments> wide() {
        return Stream.of(
                Arguments.of(
                        "vmovdqu32 (%rdi),%zmm3", "62f17e486f1f", (Written) a -> a.load(3, RDI, 0)),
                Arguments.of(
                        "vmovdqu32 64(%rdi),%zmm26",
                        "62617e486f5701", (Written) a -> a.load(26, RDI, 64)),
                Arguments.of(
                        "vmovdqu32 8192(%rsi),%zmm9",
                        "62717e486f8e00200000", (Written) a -> a.load(9, RSI, 8192)),
                Arguments.of(
                        "vmovdqu32 -4608(%rdi),%zmm31",
                        "62617e486f7fb8", (Written) a -> a.load(31, RDI, -4608)),
                Arguments.of(
                        "vmovdqu32 68(%rdx),%zmm0",
                        "62f17e486f8244000000", (Written) a -> a.load(0, RDX, 68)),
                Arguments.of(
                        "vmovdqu32 %zmm17,128(%rdx)",
                        "62e17e487f4a02", (Written) a -> a.store(RDX, 128, 17)),
                Arguments.of(
                        "vcvtph2ps 32(%rdi),%zmm24",
                        "62627d48134701", (Written) a -> a.loadHalves(24, RDI, 32)),
                Arguments.of(
                        "vpbroadcastd 264(%rsi),%zmm28",
                        "62627d48586642", (Written) a -> a.broadcast(28, RSI, 264)),
                Arguments.of(
                        "vpbroadcastd 1028(%rsi),%zmm8",
                        "62727d48588604040000", (Written) a -> a.broadcast(8, RSI, 1028)),
                Arguments.of(
                        "mov $0x0f0f0f0f,%eax; vpbroadcastd %eax,%zmm31",
                        "b80f0f0f0f62627d487cf8", (Written) a -> a.broadcast(31, 0x0f0f0f0f)),
                Arguments.of(
                        "vmovdqu32 %zmm30,%zmm13", "62117e486fee", (Written) a -> a.move(13, 30)),
                Arguments.of(
                        "vpxord %zmm21,%zmm21,%zmm21", "62a15540efed", (Written) a -> a.clear(21)),
                Arguments.of(
                        "vpandd %zmm31,%zmm9,%zmm24",
                        "62013548dbc7", (Written) a -> a.and(24, 9, 31)),
                Arguments.of(
                        "vpandd 4160(%rdi),%zmm31,%zmm24",
                        "62610540db4741", (Written) a -> a.and(24, 31, RDI, 4160)),
                Arguments.of(
                        "vpternlogd $0xf8,%zmm22,%zmm17,%zmm16",
                        "62a3754025c6f8", (Written) a -> a.orAnd(16, 17, 22)),
                Arguments.of(
                        "vpsrld $12,%zmm4,%zmm17",
                        "62f1754072d40c", (Written) a -> a.shiftRight(17, 4, 12)),
                Arguments.of(
                        "vpslld $10,%zmm19,%zmm2",
                        "62b16d4872f30a", (Written) a -> a.shiftLeft(2, 19, 10)),
                Arguments.of(
                        "vpsrad $24,%zmm8,%zmm30",
                        "62d10d4072e018", (Written) a -> a.shiftSignedRight(30, 8, 24)),
                Arguments.of(
                        "vpsrlw $8,%zmm19,%zmm2",
                        "62b16d4871d308", (Written) a -> a.shiftShortsRight(2, 19, 8)),
                Arguments.of(
                        "vpdpbusd %zmm6,%zmm27,%zmm15",
                        "6272254050fe", (Written) a -> a.addProductsOfBytes(15, 27, 6)),
                Arguments.of(
                        "vpaddd %zmm24,%zmm7,%zmm25",
                        "62014548fec8", (Written) a -> a.add(25, 7, 24)),
                Arguments.of(
                        "vcvtdq2ps %zmm5,%zmm16", "62e17c485bc5", (Written) a -> a.toFloats(16, 5)),
                Arguments.of(
                        "vmulps %zmm10,%zmm18,%zmm1",
                        "62d16c4059ca", (Written) a -> a.multiply(1, 18, 10)),
                Arguments.of(
                        "vfmadd231ps %zmm14,%zmm3,%zmm22",
                        "62c26548b8f6", (Written) a -> a.multiplyAdd(22, 3, 14)),
                Arguments.of(
                        "vfnmadd231ps %zmm29,%zmm23,%zmm4",
                        "62924540bce5", (Written) a -> a.multiplySubtract(4, 23, 29)),
                Arguments.of(
                        "vfmadd213ps 448(%rdx),%zmm26,%zmm7",
                        "62f22d40a87a07", (Written) a -> a.timesPlus(7, 26, RDX, 448)),
                Arguments.of(
                        "vpmovdw %zmm12,%ymm3; vcvtph2ps %ymm3,%zmm3",
                        "62727e4833e362f27d4813db", (Written) a -> a.lowerHalvesToFloats(3, 12)),
                Arguments.of(
                        "vpdpbusd 36(%rsi){1to16},%zmm11,%zmm20",
                        "62e22558506609", (Written) a -> a.addProductsOfBytes(20, 11, RSI, 36, 0)));
    }

    static Stream<Arguments> narrow() {
        return Stream.of(
                Arguments.of(
                        "vmovdqu (%rdi),%ymm3", "c4e17e6f1f", (Written) a -> a.load(3, RDI, 0)),
                Arguments.of(
                        "vmovdqu 8192(%rsi),%ymm13",
                        "c4617e6fae00200000", (Written) a -> a.load(13, RSI, 8192)),
                Arguments.of(
                        "vmovdqu -64(%rdi),%ymm9",
                        "c4617e6f4fc0", (Written) a -> a.load(9, RDI, -64)),
                Arguments.of(
                        "vmovdqu %ymm10,96(%rdx)",
                        "c4617e7f5260", (Written) a -> a.store(RDX, 96, 10)),
                Arguments.of(
                        "vcvtph2ps 16(%rdi),%ymm12",
                        "c4627d136710", (Written) a -> a.loadHalves(12, RDI, 16)),
                Arguments.of(
                        "vpbroadcastd 264(%rsi),%ymm8",
                        "c4627d588608010000", (Written) a -> a.broadcast(8, RSI, 264)),
                Arguments.of(
                        "mov $0x0f0f0f0f,%eax; vmovd %eax,%xmm15; vpbroadcastd %xmm15,%ymm15",
                        "b80f0f0f0fc461796ef8c4427d58ff",
                        (Written) a -> a.broadcast(15, 0x0f0f0f0f)),
                Arguments.of("vmovdqu %ymm3,%ymm13", "c4617e6feb", (Written) a -> a.move(13, 3)),
                Arguments.of(
                        "vpxor %ymm11,%ymm11,%ymm11", "c44125efdb", (Written) a -> a.clear(11)),
                Arguments.of(
                        "vpand %ymm5,%ymm9,%ymm14", "c46135dbf5", (Written) a -> a.and(14, 9, 5)),
                Arguments.of(
                        "vpand 320(%rdx),%ymm12,%ymm4",
                        "c4e11ddba240010000", (Written) a -> a.and(4, 12, RDX, 320)),
                Arguments.of(
                        "vpand %ymm12,%ymm7,%ymm7; vpor %ymm7,%ymm6,%ymm6",
                        "c4c145dbfcc4e14debf7", (Written) a -> a.orAnd(6, 7, 12)),
                Arguments.of(
                        "vpsrld $12,%ymm4,%ymm9",
                        "c4e13572d40c", (Written) a -> a.shiftRight(9, 4, 12)),
                Arguments.of(
                        "vpslld $10,%ymm13,%ymm2",
                        "c4c16d72f50a", (Written) a -> a.shiftLeft(2, 13, 10)),
                Arguments.of(
                        "vpsrad $24,%ymm8,%ymm10",
                        "c4c12d72e018", (Written) a -> a.shiftSignedRight(10, 8, 24)),
                Arguments.of(
                        "vpsrlw $8,%ymm13,%ymm4",
                        "c4c15d71d508", (Written) a -> a.shiftShortsRight(4, 13, 8)),
                Arguments.of(
                        "vpsllw $8,%ymm9,%ymm2",
                        "c4c16d71f108", (Written) a -> a.shiftShortsLeft(2, 9, 8)),
                Arguments.of(
                        "vpsraw $8,%ymm12,%ymm10",
                        "c4c12d71e408", (Written) a -> a.shiftShortsSignedRight(10, 12, 8)),
                Arguments.of(
                        "vpshuflw $160,%ymm9,%ymm3; vpshufhw $160,%ymm3,%ymm3",
                        "c4c17f70d9a0c4e17e70dba0", (Written) a -> a.doubleShorts(3, 9, 0)),
                Arguments.of(
                        "vpshuflw $245,%ymm4,%ymm12; vpshufhw $245,%ymm12,%ymm12",
                        "c4617f70e4f5c4417e70e4f5", (Written) a -> a.doubleShorts(12, 4, 1)),
                Arguments.of(
                        "vpslld $16,%ymm3,%ymm9; vpsrad $16,%ymm9,%ymm9; vpackssdw %ymm9,%ymm9,%ymm9; vpermq $8,%ymm9,%ymm9; vcvtph2ps %xmm9,%ymm9",
                        "c4e13572f310c4c13572e110c441356bc9c443fd00c908c4427d13c9",
                        (Written) a -> a.lowerHalvesToFloats(9, 3)),
                Arguments.of(
                        "vpdpbusd %ymm6,%ymm7,%ymm15",
                        "c4624550fe", (Written) a -> a.addProductsOfBytes(15, 7, 6)),
                Arguments.of(
                        "vpbroadcastd 36(%rsi),%ymm9; vpdpbusd %ymm9,%ymm11,%ymm5",
                        "c4627d584e24c4c22550e9",
                        (Written) a -> a.addProductsOfBytes(5, 11, RSI, 36, 9)),
                Arguments.of(
                        "vpmaddubsw %ymm13,%ymm12,%ymm1",
                        "c4c21d04cd", (Written) a -> a.pairProductsOfBytes(1, 12, 13)),
                Arguments.of(
                        "vpaddw %ymm9,%ymm1,%ymm8",
                        "c44175fdc1", (Written) a -> a.addShorts(8, 1, 9)),
                Arguments.of(
                        "vpmaddwd %ymm15,%ymm8,%ymm2",
                        "c4c13df5d7", (Written) a -> a.pairProductsOfShorts(2, 8, 15)),
                Arguments.of(
                        "vpaddd %ymm14,%ymm7,%ymm5", "c4c145feee", (Written) a -> a.add(5, 7, 14)),
                Arguments.of(
                        "vcvtdq2ps %ymm15,%ymm6", "c4c17c5bf7", (Written) a -> a.toFloats(6, 15)),
                Arguments.of(
                        "vmulps %ymm10,%ymm8,%ymm1",
                        "c4c13c59ca", (Written) a -> a.multiply(1, 8, 10)),
                Arguments.of(
                        "vfmadd231ps %ymm14,%ymm3,%ymm12",
                        "c44265b8e6", (Written) a -> a.multiplyAdd(12, 3, 14)),
                Arguments.of(
                        "vfnmadd231ps %ymm9,%ymm13,%ymm4",
                        "c4c215bce1", (Written) a -> a.multiplySubtract(4, 13, 9)),
                Arguments.of(
                        "vfmadd213ps 448(%rdx),%ymm10,%ymm7",
                        "c4e22da8bac0010000", (Written) a -> a.timesPlus(7, 10, RDX, 448)));
    }

    static Stream<Arguments> blocks() {
        return Stream.of(
                Arguments.of(
                        "vpsubd %ymm9,%ymm12,%ymm3",
                        "c4c11dfad9", (Written) a -> a.subtract(3, 12, 9)),
                Arguments.of(
                        "vpmaxsd %ymm7,%ymm13,%ymm10",
                        "c462153dd7", (Written) a -> a.max(10, 13, 7)),
                Arguments.of(
                        "vphaddd %ymm11,%ymm2,%ymm9",
                        "c4426d02cb", (Written) a -> a.addPairs(9, 2, 11)),
                Arguments.of(
                        "vpackssdw %ymm9,%ymm8,%ymm1",
                        "c4c13d6bc9", (Written) a -> a.narrowInts(1, 8, 9)),
                Arguments.of(
                        "vpacksswb %ymm2,%ymm10,%ymm12",
                        "c4612d63e2", (Written) a -> a.narrowShorts(12, 10, 2)),
                Arguments.of(
                        "vpunpcklwd %ymm14,%ymm5,%ymm8",
                        "c4415561c6", (Written) a -> a.interleaveShorts(8, 5, 14)),
                Arguments.of(
                        "vpermq $78,%ymm12,%ymm3",
                        "c4c3fd00dc4e", (Written) a -> a.orderLongs(3, 12, 78)),
                Arguments.of(
                        "vpshufd $177,%ymm4,%ymm11",
                        "c4617d70dcb1", (Written) a -> a.orderInts(11, 4, 177)),
                Arguments.of(
                        "vpshuflw $216,%ymm9,%ymm2; vpshufhw $216,%ymm2,%ymm2",
                        "c4c17f70d1d8c4e17e70d2d8", (Written) a -> a.orderShorts(2, 9, 216)),
                Arguments.of(
                        "vmovd %xmm13,8(%rdx)",
                        "c461797e6a08", (Written) a -> a.storeInt(RDX, 8, 13)),
                Arguments.of(
                        "vdivps %ymm4,%ymm14,%ymm5",
                        "c4e10c5eec", (Written) a -> a.divide(5, 14, 4)),
                Arguments.of(
                        "vaddps %ymm10,%ymm3,%ymm9",
                        "c4416458ca", (Written) a -> a.addFloats(9, 3, 10)),
                Arguments.of(
                        "vsubps %ymm9,%ymm10,%ymm3",
                        "c4c12c5cd9", (Written) a -> a.subtractFloats(3, 10, 9)),
                Arguments.of(
                        "vcmplt_oqps %ymm13,%ymm5,%ymm12",
                        "c44154c2e511", (Written) a -> a.isLess(12, 5, 13)),
                Arguments.of(
                        "vcvtps2dq %ymm11,%ymm6", "c4c17d5bf3", (Written) a -> a.toInts(6, 11)));
    }

    static Stream<Arguments> general() {
        return Stream.of(
                Arguments.of(
                        "prefetcht0 1024(%rdi)",
                        "0f188f00040000", (Written) a -> a.prefetch(RDI, 1024)),
                Arguments.of("prefetcht0 64(%rdi)", "0f184f40", (Written) a -> a.prefetch(RDI, 64)),
                Arguments.of("prefetcht0 64(%r8)", "410f184840", (Written) a -> a.prefetch(R8, 64)),
                Arguments.of("add(R8, 272)", "4981c010010000", (Written) a -> a.add(R8, 272)),
                Arguments.of("add %r8,%rsi", "4c01c6", (Written) a -> a.add(RSI, R8)),
                Arguments.of("mov %rdi,%r10", "4989fa", (Written) a -> a.move(R10, RDI)),
                Arguments.of("mov %r9,%rcx", "4c89c9", (Written) a -> a.move(RCX, R9)),
                Arguments.of("shr $32,%r11", "49c1eb20", (Written) a -> a.upperHalf(R11)),
                Arguments.of("mov %ecx,%ecx", "89c9", (Written) a -> a.lowerHalf(RCX)),
                Arguments.of("mov $4,%eax", "b804000000", (Written) a -> a.set(RAX, 4)),
                Arguments.of("add(RSI, 384)", "4881c680010000", (Written) a -> a.add(RSI, 384)),
                Arguments.of(
                        "loopTo(0, RCX)", "48ffc90f85f7ffffff", (Written) a -> a.loopTo(0, RCX)),
                Arguments.of("vzeroupper; ret", "c5f877c3", (Written) a -> a.ret()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wide")
    void vectorsOf512Bits(String text, String bytes, Written written) {
        assertEquals(bytes, hex(InstructionSet.AVX512_VNNI, written), text);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"narrow", "blocks"})
    void vectorsOf256Bits(String text, String bytes, Written written) {
        assertEquals(bytes, hex(InstructionSet.AVX_VNNI, written), text);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("general")
    void whatHasNoVectors(String text, String bytes, Written written) {
        assertEquals(bytes, hex(InstructionSet.AVX2, written), text);
    }

    private static String hex(InstructionSet set, Written written) {
        Assembler a = new Assembler(set);
        written.to(a);
        return HexFormat.of().formatHex(a.bytes());
    }

    @Test
    void growsWithItsFunction() {
        Assembler a = new Assembler(InstructionSet.AVX2);
        for (int i = 0; i < 5000; i++) {
            a.add(RDI, 1 << 20);
        }
        byte[] code = a.bytes();
        assertEquals(35_000, code.length);
        assertEquals(0x10, code[code.length - 2], "the last constant");
    }
}
