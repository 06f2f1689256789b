/**
 * permessage-deflate for tests of clients (RFC 7692). It negotiates as a scenario says, inflates and reports each
 * violation, and compresses in every legal form and for any window.
 */
package io.wstck.server.wire.deflate;
