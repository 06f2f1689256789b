package io.wstck.tck.autobahn.exchange;

import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.EndpointRole;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.Transport;
import java.util.List;
import java.util.Optional;

/** A client without a socket. A test says what its reads and writes do; nothing else has an effect. */
abstract class StubTransport implements Transport {
    /** Plays the actions with this client. */
    final ExchangeRecord play(ExchangeAction... actions) throws InterruptedException {
        ExchangePlayer player = new ExchangePlayer(
                this,
                new ExchangePlayer.HandshakeOutcome(EndpointRole.CLIENT, Optional.empty(), List.of()),
                new MemoryBudget(1 << 20));
        return player.play(Exchange.of(actions));
    }

    @Override
    public final boolean flush() {
        return true;
    }

    @Override
    public void await(Interest interest, Deadline deadline) {}

    @Override
    public final void wake() {}

    @Override
    public final void shrinkReceiveBuffer() {}

    @Override
    public final void shutdownWrites() {}

    @Override
    public final void abort() {}

    @Override
    public final void close() {}
}
