package io.wstck.tck.cases;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * One of several parts that all cases are split into, by their ids alone: a case is in the same shard on every machine, whatever other
 * cases there are.
 *
 * @param index from 1
 * @param count how many shards there are, 1 to {@link #MOST}
 */
public record Shard(int index, int count) {
    /** More shards than that have next to nothing to play. */
    public static final int MOST = 100;

    public Shard {
        if (count < 1 || count > MOST || index < 1 || index > count) {
            throw new IllegalArgumentException(
                    "expected i/n with n from 1 to " + MOST + " and i from 1 to n, got " + index + "/" + count);
        }
    }

    /** Whether the case with this id is in it: CRC-32 of the id in UTF-8, modulo the count. */
    public boolean takes(String caseId) {
        CRC32 hash = new CRC32();
        hash.update(caseId.getBytes(StandardCharsets.UTF_8));
        return hash.getValue() % count == index - 1;
    }

    @Override
    public String toString() {
        return index + "/" + count;
    }
}
