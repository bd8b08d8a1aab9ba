package dev.nightjar.kernels.cpu.assembly;

/**
 * General registers that a callee may change, the first four in the order of arguments.
 *
 * @see <a href="https://gitlab.com/x86-psABIs/x86-64-ABI">System V ABI, parameter passing</a>
 */
public enum Register {
    /** First argument. */
    RDI(7),

    /** Second argument. */
    RSI(6),

    /** Third argument. */
    RDX(2),

    /** Fourth argument. */
    RCX(1),

    /** Fifth argument; like those that follow, no base of operands of vector instructions. */
    R8(8),

    /** Scratch, as the next two. */
    R9(9),

    R10(10),

    R11(11),

    /** Result, scratch. */
    RAX(0);

    final int number;

    Register(int number) {
        this.number = number;
    }
}
