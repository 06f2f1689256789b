package io.wstck.server.scenario;

/** Whether the server sent the bytes of a step, or why it did not, or not completely. */
enum SendResult {
    SENT,
    CLIENT_GONE,
    /** The client did not read in time. Some bytes may be on the wire. */
    STALLED,
    /** Compression was requested but not negotiated. Nothing was sent. */
    NOT_NEGOTIATED,
    /** There were more steps to interleave than gaps between frames. Nothing was sent. */
    TOO_FEW_FRAMES
}
