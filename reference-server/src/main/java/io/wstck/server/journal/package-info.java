/** Evidence: what happened on the connections of one session, in order, bounded, and sealed by a hash. */
package io.wstck.server.journal;
