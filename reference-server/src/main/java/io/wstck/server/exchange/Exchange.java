package io.wstck.server.exchange;

import java.util.List;

/** What a server does on one connection, act by act. */
public record Exchange(List<Act> acts) {
    public Exchange {
        acts = List.copyOf(acts);
    }
}
