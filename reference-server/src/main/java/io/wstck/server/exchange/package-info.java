/** Conversations that a server leads on an upgraded connection for an echoing client, at full speed, and the record of each. */
package io.wstck.server.exchange;
