package dev.nightjar.server.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an access token: {@code nj_}, 43 characters that stand for 256 random bits, and 6
 * that are their checksum, so that a mistyped one is known as such without looking it up, and
 * scanners for leaked secrets find whole ones.
 *
 * <p>Only its SHA-256 is kept. A fast hash is enough, as nobody can try 2^256 tokens; and looking a
 * hash up may take a time that depends on it, as that tells nothing of a token that hashes to
 * another.
 */
final class TokenText {

    private static final String PREFIX = "nj_";
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int NUM_BITS = 256;
    private static final int BODY_LENGTH = 43;
    private static final int CHECK_LENGTH = 6;
    private static final int SHOWN_LENGTH = 9;
    private static final Pattern FORM =
            Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (BODY_LENGTH + CHECK_LENGTH) + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private TokenText() {}

    /** A new one. */
    static String random() {
        String body = digits(new BigInteger(NUM_BITS, RANDOM), BODY_LENGTH);
        return PREFIX + body + check(body);
    }

    /** Whether a text is a whole token, known or not. */
    static boolean hasForm(String text) {
        if (!FORM.matcher(text).matches()) {
            return false;
        }
        int end = text.length() - CHECK_LENGTH;
        return text.substring(end).equals(check(text.substring(PREFIX.length(), end)));
    }

    /** What is kept of it. */
    static String hash(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }

    /** Its beginning, by which its owner knows it again; the rest is still 220 random bits. */
    static String shown(String text) {
        return text.substring(0, SHOWN_LENGTH);
    }

    private static String check(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return digits(BigInteger.valueOf(crc.getValue()), CHECK_LENGTH);
    }

    /** A number below {@code 62^length} with leading zeros. */
    private static String digits(BigInteger number, int length) {
        char[] digits = new char[length];
        BigInteger base = BigInteger.valueOf(DIGITS.length());
        BigInteger rest = number;
        for (int i = length - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(base);
            digits[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(digits);
    }
}
