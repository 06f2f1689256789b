package io.wstck.tck.mutation;

import java.util.BitSet;

/** Which places were reached. Called by the rewritten classes, on any thread; taken between two cases. */
public final class Probes {
    private static volatile boolean[] reached = new boolean[0];

    private Probes() {}

    /** Makes room for so many places. */
    static void prepare(int places) {
        reached = new boolean[places];
    }

    /** Notes a place. */
    public static void reached(int place) {
        boolean[] places = reached;
        if (place < places.length) {
            places[place] = true;
        }
    }

    /** Returns what was reached since the last time. */
    static BitSet take() {
        boolean[] places = reached;
        reached = new boolean[places.length];
        BitSet taken = new BitSet(places.length);
        for (int place = 0; place < places.length; place++) {
            taken.set(place, places[place]);
        }
        return taken;
    }
}
