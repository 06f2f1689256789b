package io.wstck.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.ConnectionId;
import io.wstck.server.journal.JournalKeeper;
import io.wstck.server.wire.Payload.Digest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of payloads, and that no digest is made for a journal that keeps nothing. */
class PayloadRecorderTest {
    private static final byte[] LONG = new byte[Payload.WHOLE_LIMIT + 1];

    private static Payload recorded(byte[] bytes, Digest digest) {
        PayloadRecorder recorder = new PayloadRecorder(digest);
        recorder.add(bytes, bytes.length);
        return recorder.finish();
    }

    @Test
    void aLongPayloadIsItsHeadAndItsDigestWhetherItStreamsByOrIsAtHand() {
        Bytes bytes = Bytes.copyOf(LONG);
        Payload expected = new Payload(LONG.length, bytes.slice(0, Payload.HEAD), Optional.of(bytes.sha256()));
        assertThat(recorded(LONG, Digest.MADE)).isEqualTo(expected);
        assertThat(Payload.of(bytes, Digest.MADE)).isEqualTo(expected);
    }

    @Test
    void withoutADigestItIsItsHead() {
        Bytes bytes = Bytes.copyOf(LONG);
        Payload expected = new Payload(LONG.length, bytes.slice(0, Payload.HEAD), Optional.empty());
        assertThat(recorded(LONG, Digest.LEFT_OUT)).isEqualTo(expected);
        assertThat(Payload.of(bytes, Digest.LEFT_OUT)).isEqualTo(expected);
    }

    @Test
    void digestsAreMadeOnlyForAJournalThatKeepsThem() {
        ConnectionId connection = new ConnectionId("main", 1);
        MemoryBudget memory = new MemoryBudget(0);
        JournalKeeper entries = new JournalKeeper(JournalKeeper.Kept.ENTRIES, memory);
        assertThat(new ConnectionLog(entries, connection).digest()).isEqualTo(Digest.MADE);
        JournalKeeper nothing = new JournalKeeper(JournalKeeper.Kept.NOTHING, memory);
        assertThat(new ConnectionLog(nothing, connection).digest()).isEqualTo(Digest.LEFT_OUT);
    }
}
