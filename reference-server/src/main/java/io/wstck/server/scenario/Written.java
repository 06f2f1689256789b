package io.wstck.server.scenario;

/** How a write went. */
enum Written {
    SENT,
    CLIENT_GONE,
    /** The client did not read in time; part of it may be on the wire. */
    STALLED,
    /** It was to be compressed, and that was not negotiated; nothing of it is on the wire. */
    NOT_NEGOTIATED,
    /** There were steps for between its frames, and fewer frames than that. */
    TOO_FEW_FRAMES
}
