/** Journals: the events on the connections of a session in their order, bounded, with a hash. */
package io.wstck.server.journal;
