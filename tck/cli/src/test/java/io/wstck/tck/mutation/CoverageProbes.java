package io.wstck.tck.mutation;

import java.util.BitSet;

/** Records the reached places. The mutated classes call it on any thread. The places are read between two cases. */
public final class CoverageProbes {
    private static volatile boolean[] reached = new boolean[0];

    private CoverageProbes() {}

    /** Sets the number of places. */
    static void prepare(int places) {
        reached = new boolean[places];
    }

    /** Records a place. */
    public static void reached(int place) {
        boolean[] places = reached;
        if (place < places.length) {
            places[place] = true;
        }
    }

    /** Returns the places that were reached since the last call. */
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
