/** Frames, requests and TCP as they are, legal or not: reads anything, writes anything, judges only by the RFC's rules. */
package io.wstck.server.wire;
