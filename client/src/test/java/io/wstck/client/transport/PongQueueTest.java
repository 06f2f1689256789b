package io.wstck.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PongQueueTest {
    @Test
    void pongsLeaveInOrderAndTheOldestAreGivenUpWhenThereAreTooMany() {
        PongQueue queue = new PongQueue();
        for (int ping = 0; ping < PongQueue.CAPACITY + 3; ping++) {
            queue.add(ByteBuffer.allocate(4).putInt(ping).flip());
        }

        for (int ping = 3; ping < PongQueue.CAPACITY + 3; ping++) {
            assertThat(ByteBuffer.wrap(queue.poll().orElseThrow()).getInt()).isEqualTo(ping);
        }
        assertThat(queue.poll()).isEmpty();
    }
}
