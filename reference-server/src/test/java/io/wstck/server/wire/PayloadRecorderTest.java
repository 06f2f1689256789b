package io.wstck.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalRecorder;
import io.wstck.server.wire.RecordedPayload.DigestMode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests the recorded parts of payloads, and that a journal that keeps nothing computes no digest. */
class PayloadRecorderTest {
    private static final byte[] LONG = new byte[RecordedPayload.WHOLE_LIMIT + 1];

    private static RecordedPayload recorded(byte[] bytes, DigestMode digest) {
        PayloadRecorder recorder = new PayloadRecorder(digest);
        recorder.add(bytes, bytes.length);
        return recorder.finish();
    }

    @Test
    void aLongPayloadIsRecordedByHeadAndDigestInPartsOrAtOnce() {
        Bytes bytes = Bytes.copyOf(LONG);
        RecordedPayload expected = new RecordedPayload(
                LONG.length, bytes.slice(0, RecordedPayload.HEAD_BYTES), Optional.of(bytes.sha256()));
        assertThat(recorded(LONG, DigestMode.COMPUTED)).isEqualTo(expected);
        assertThat(RecordedPayload.of(bytes, DigestMode.COMPUTED)).isEqualTo(expected);
    }

    @Test
    void withoutADigestOnlyTheHeadIsRecorded() {
        Bytes bytes = Bytes.copyOf(LONG);
        RecordedPayload expected =
                new RecordedPayload(LONG.length, bytes.slice(0, RecordedPayload.HEAD_BYTES), Optional.empty());
        assertThat(recorded(LONG, DigestMode.SKIPPED)).isEqualTo(expected);
        assertThat(RecordedPayload.of(bytes, DigestMode.SKIPPED)).isEqualTo(expected);
    }

    @Test
    void digestsAreMadeOnlyForAJournalThatKeepsThem() {
        ConnectionId connection = new ConnectionId("main", 1);
        MemoryBudget memory = new MemoryBudget(0);
        JournalRecorder entries = new JournalRecorder(JournalRecorder.JournalRetention.ENTRIES, memory);
        assertThat(new ConnectionLog(entries, connection).digest()).isEqualTo(DigestMode.COMPUTED);
        JournalRecorder nothing = new JournalRecorder(JournalRecorder.JournalRetention.NOTHING, memory);
        assertThat(new ConnectionLog(nothing, connection).digest()).isEqualTo(DigestMode.SKIPPED);
    }
}
