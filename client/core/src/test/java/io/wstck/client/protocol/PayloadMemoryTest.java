package io.wstck.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.wstck.client.Message;
import io.wstck.client.ServerFrames;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 6455 §10.4: the memory of a message follows its announced length, but an announcement alone costs little. */
class PayloadMemoryTest {
    private static final int MIB = 1024 * 1024;
    private static final int READ = 32 * 1024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ClientConnectionProtocol protocol =
            new ClientConnectionProtocol(64 * MIB, Optional.empty(), 0, new SecureRandom());

    @Test
    void aMessageOfOneMebibyteTakesOneArrayOfItsLength() {
        byte[] frame = ServerFrames.frame(0x82, new byte[MIB]);
        receive(frame);

        long before = threads.getCurrentThreadAllocatedBytes();
        int length = receive(frame);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(length).isEqualTo(MIB);
        assertThat(allocated).isLessThan(MIB + MIB / 4);
    }

    @Test
    void anAnnouncementOfSixtyMebibytesTakesLittleMemory() {
        byte[] start = HexFormat.of().parseHex("827f0000000003c0000061");
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(protocol.receive(ByteBuffer.wrap(start))).isEqualTo(ProtocolEvent.NeedData.NEED_DATA);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MIB / 4);
    }

    /** Passes a frame in pieces of one read. Returns the length of the message. */
    private int receive(byte[] frame) {
        for (int offset = 0; offset < frame.length; offset += READ) {
            ByteBuffer piece = ByteBuffer.wrap(frame, offset, Math.min(READ, frame.length - offset));
            if (protocol.receive(piece) instanceof ProtocolEvent.MessageReceived(Message message)) {
                return message.bytes().length;
            }
        }
        throw new AssertionError("expected a message");
    }
}
