/** Reads and writes frames, requests and TCP, legal or not, and checks them against the rules of the RFCs. */
package io.wstck.server.wire;
