package io.wstck.benchmarks.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** A plain loop over a TCP socket that writes frames and counts those that come back: the measure of all others. */
class RawPeer implements EchoPeer {
    /** How many frames one write has. */
    private enum Writes {
        /** Each frame has a write of its own. */
        ONE_PER_FRAME,
        /** The frames that answer one read share a write. */
        COALESCED
    }

    private final Writes writes;
    private EchoPeer loop = new Small();

    RawPeer() {
        this(Writes.ONE_PER_FRAME);
    }

    private RawPeer(Writes writes) {
        this.writes = writes;
    }

    /** Writes the frames that answer one read together. */
    static final class Coalescing extends RawPeer {
        Coalescing() {
            super(Writes.COALESCED);
        }
    }

    @Override
    public String version() {
        return "";
    }

    @Override
    public void connect(PeerTarget target) throws Exception {
        loop = target.workload().text() ? new Small() : new Large();
        loop.connect(target);
    }

    @Override
    public Turn run(Duration time) throws Exception {
        return loop.run(time);
    }

    @Override
    public void close() throws IOException {
        loop.close();
    }

    /** One thread, for messages that fit into the buffers of the socket. */
    private final class Small extends BlockingPeer {
        private RawConnection connection;

        @Override
        public String version() {
            return "";
        }

        @Override
        void open(PeerTarget target) throws IOException {
            connection = RawConnection.open(target);
        }

        @Override
        void send(int count) throws IOException {
            if (writes == Writes.COALESCED) {
                connection.write(count);
                return;
            }
            for (int frame = 0; frame < count; frame++) {
                connection.write(1);
            }
        }

        @Override
        int receive(int most) throws IOException {
            return connection.read();
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }

    /** A thread for each direction, because the server stops reading while its answer is not read. */
    private static final class Large implements EchoPeer {
        private RawConnection connection;
        private int inFlight;
        private Semaphore slots;
        private volatile IOException failure;

        @Override
        public String version() {
            return "";
        }

        @Override
        public void connect(PeerTarget target) throws IOException {
            connection = RawConnection.open(target);
            inFlight = target.workload().inFlight();
            slots = new Semaphore(inFlight);
            Thread.ofPlatform().daemon().start(this::read);
        }

        private void read() {
            try {
                while (true) {
                    slots.release(connection.read());
                }
            } catch (IOException e) {
                failure = e;
                slots.release(inFlight);
            }
        }

        @Override
        public Turn run(Duration time) throws IOException, InterruptedException {
            long begun = System.nanoTime();
            long end = begun + time.toNanos();
            long messages = 0;
            while (System.nanoTime() < end) {
                slots.acquire();
                checkConnection();
                connection.write(1);
                messages++;
            }
            slots.acquire(inFlight);
            checkConnection();
            slots.release(inFlight);
            return new Turn(messages, System.nanoTime() - begun);
        }

        private void checkConnection() {
            if (failure != null) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }
}
