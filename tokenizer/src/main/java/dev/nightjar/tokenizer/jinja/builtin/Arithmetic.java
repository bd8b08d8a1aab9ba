package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Numbers;
import dev.nightjar.tokenizer.jinja.value.Real;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Computes with numbers as Python does: division and remainder round down. */
final class Arithmetic {
    /** Above this, any power of 2 or more has too many digits. */
    private static final int MAX_EXPONENT = 14_300;

    private static final MathContext BEYOND_DOUBLE = new MathContext(40);

    private Arithmetic() {}

    /** The steps that an operation takes: more than none for integers beyond 64 bits. */
    static long cost(String operator, Value a, Value b) {
        if (!(a instanceof Int x && b instanceof Int y)) {
            return 0;
        }
        int bits = x.value().bitLength() + y.value().bitLength();
        if (operator.equals("**")) {
            return Math.min(MAX_EXPONENT, (long) bits * Math.max(0, y.clamped())) / Integer.SIZE;
        }
        return bits <= Long.SIZE ? 0 : bits / Integer.SIZE;
    }

    static Value compute(String operator, Value a, Value b) {
        return a instanceof Int x && b instanceof Int y
                ? integers(operator, x.value(), y.value())
                : new Real(reals(operator, Numbers.real(a), Numbers.real(b)));
    }

    static Value negate(Value number) {
        return number instanceof Int integer
                ? new Int(integer.value().negate())
                : new Real(-((Real) number).value());
    }

    private static Value integers(String operator, BigInteger a, BigInteger b) {
        return switch (operator) {
            case "+" -> new Int(a.add(b));
            case "-" -> new Int(a.subtract(b));
            case "*" -> new Int(a.multiply(b));
            case "/" -> new Real(quotient(a, nonZero(b)));
            case "//" -> new Int(floorDiv(a, nonZero(b)));
            case "%" -> new Int(a.subtract(b.multiply(floorDiv(a, nonZero(b)))));
            default -> power(a, b);
        };
    }

    private static BigInteger nonZero(BigInteger divisor) {
        if (divisor.signum() == 0) {
            throw divisionByZero();
        }
        return divisor;
    }

    private static JinjaException divisionByZero() {
        return JinjaException.type("division by zero");
    }

    private static double quotient(BigInteger a, BigInteger b) {
        double result = new BigDecimal(a).divide(new BigDecimal(b), BEYOND_DOUBLE).doubleValue();
        if (Double.isInfinite(result)) {
            throw JinjaException.type("integer division result too large for a float");
        }
        return result;
    }

    private static BigInteger floorDiv(BigInteger a, BigInteger b) {
        BigInteger[] parts = a.divideAndRemainder(b);
        boolean isRoundedUp = parts[1].signum() != 0 && parts[1].signum() != b.signum();
        return isRoundedUp ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static Value power(BigInteger a, BigInteger b) {
        if (b.signum() < 0) {
            return new Real(reals("**", a.doubleValue(), b.doubleValue()));
        }
        boolean isTrivial = a.bitLength() <= 1 && !a.equals(BigInteger.TWO.negate());
        if (isTrivial) {
            // 0, 1 and -1 stay small whatever the exponent.
            return new Int(b.signum() == 0 ? BigInteger.ONE : b.testBit(0) ? a : a.multiply(a));
        }
        if (b.bitLength() >= Integer.SIZE
                || (long) (a.bitLength() - 1) * b.intValue() > MAX_EXPONENT) {
            throw JinjaException.limit("an integer may have at most 4300 digits");
        }
        return new Int(a.pow(b.intValue()));
    }

    private static double reals(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / nonZero(b);
            case "//" -> floorDiv(a, nonZero(b));
            case "%" -> remainder(a, nonZero(b));
            default -> power(a, b);
        };
    }

    private static double nonZero(double divisor) {
        if (divisor == 0) {
            throw divisionByZero();
        }
        return divisor;
    }

    private static double remainder(double a, double b) {
        double remainder = a % b;
        if (remainder == 0) {
            return Math.copySign(0, b);
        }
        return remainder < 0 == b < 0 ? remainder : remainder + b;
    }

    private static double floorDiv(double a, double b) {
        double quotient = (a - remainder(a, b)) / b;
        double floor = Math.floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static double power(double a, double b) {
        if (a == 0 && b < 0) {
            throw JinjaException.type("0.0 cannot be raised to a negative power");
        }
        double result = Math.pow(a, b);
        if (Double.isNaN(result) && !Double.isNaN(a) && !Double.isNaN(b)) {
            throw JinjaException.type("complex numbers are not supported");
        }
        if (Double.isInfinite(result) && Double.isFinite(a) && Double.isFinite(b)) {
            throw JinjaException.type("the power is too large for a float");
        }
        return result;
    }
}
