package dev.nightjar.server.cache;

import java.nio.ByteBuffer;

/**
 * What a result is found by: 256 bits of a digest, so that the cache holds nothing of a request and
 * no two requests meet by chance.
 *
 * @param a the first 64 bits
 * @param b the second
 * @param c the third
 * @param d the last
 */
record CacheKey(long a, long b, long c, long d) {

    /** Of a digest of 32 bytes. */
    static CacheKey of(byte[] digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        return new CacheKey(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }
}
