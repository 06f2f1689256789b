package io.wstck.tck.cases;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * One of several parts of the set of all cases. Only the id of a case decides its shard, so it is the same on every
 * machine and for every set of cases.
 *
 * @param index from 1
 * @param count number of shards, 1 to {@link #MAX_SHARDS}
 */
public record Shard(int index, int count) {
    /** With more shards, each would have almost no cases. */
    public static final int MAX_SHARDS = 100;

    public Shard {
        if (count < 1 || count > MAX_SHARDS || index < 1 || index > count) {
            throw new IllegalArgumentException(
                    "expected i/n with n from 1 to " + MAX_SHARDS + " and i from 1 to n, got " + index + "/" + count);
        }
    }

    /** Returns whether a case is in this shard: CRC-32 of the id in UTF-8, modulo the count. */
    public boolean contains(String caseId) {
        CRC32 hash = new CRC32();
        hash.update(caseId.getBytes(StandardCharsets.UTF_8));
        return hash.getValue() % count == index - 1;
    }

    @Override
    public String toString() {
        return index + "/" + count;
    }
}
