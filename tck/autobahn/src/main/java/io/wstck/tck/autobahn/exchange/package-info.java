/**
 * Exchanges: the conversations that the kit plays with an echoing peer at full speed, and their records.
 */
package io.wstck.tck.autobahn.exchange;
