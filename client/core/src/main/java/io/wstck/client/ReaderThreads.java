package io.wstck.client;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads of a client's connections: platform threads while there are few connections, virtual threads for
 * all others. A virtual thread gets its bytes through the poller of the JDK, which takes another thread's time for each
 * read. A platform thread holds a stack. Any number of threads may use it.
 */
final class ReaderThreads implements ThreadFactory {
    private final ThreadFactory platformThreads =
            Thread.ofPlatform().daemon().name("wstck-reader-", 0).factory();
    private final ThreadFactory virtualThreads =
            Thread.ofVirtual().name("wstck-virtual-reader-", 0).factory();
    /** The platform threads that have been made and have not ended. */
    private final AtomicInteger platformReaders = new AtomicInteger();

    @Override
    public Thread newThread(Runnable reader) {
        if (platformReaders.getAndUpdate(count -> Math.min(count + 1, WebSocketClient.PLATFORM_READERS))
                == WebSocketClient.PLATFORM_READERS) {
            return virtualThreads.newThread(reader);
        }
        return platformThreads.newThread(() -> {
            try {
                reader.run();
            } finally {
                platformReaders.decrementAndGet();
            }
        });
    }
}
